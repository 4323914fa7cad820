package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps traffic in files: a {@link Log} of pcapng files, with a {@link LogIndex} beside it.
 *
 * <pre>
 *   append ─► log ─────────────► files             the log is the truth
 *               └─► stretches ─► index (SQLite)    can be made anew from it, but for events older than the log
 *   readers ─► {@link StoreView} ─► stretches ─► files
 * </pre>
 *
 * <p>Readers take the view as it is and work without a lock. What they look for in a file that was dropped or rewritten
 * meanwhile, they look for again in a newer view.
 *
 * <p>Imports are files of their own, ahead of the rest.
 *
 * <p>When nothing can be written, the store says so ({@link #status()}), counts what is missing, and tries again once a
 * second. It never keeps anybody from going on.
 */
final class DiskStore extends ViewedStore {

    private static final Logger log = LoggerFactory.getLogger(DiskStore.class);
    private static final int CACHED_STRETCHES = 16;

    private final Path path;
    private final LogLimits limits;
    private final LongSupplier clock;
    private final LogSync sync;
    private final SegmentCache cache;

    /** Held by whoever writes. */
    private final ReentrantLock lock = new ReentrantLock();

    private final IndexKeeper index;
    private final Recording recording;
    private final DiskImports imports;
    private final ReentrantLock deleting = new ReentrantLock();
    private volatile HistoryStatus status = HistoryStatus.recording("disk");
    private long newest;

    /**
     * Opens what is there. When that can't be done, it is an outage.
     *
     * @param path the folder; made if missing
     * @param maxBytes bound on what all files take
     * @param maxAge bound on how old anything in them is
     * @param flushInterval how long something that was written may wait to be on the disk
     * @param clock nanoseconds since the Unix epoch, the clock that stamps what is captured
     * @param goOnAfter is told, when the log could be opened only later, up to which id none may be given any more
     */
    DiskStore(
            Path path,
            long maxBytes,
            Duration maxAge,
            Duration flushInterval,
            LongSupplier clock,
            LongConsumer goOnAfter) {
        this.path = path;
        this.limits = LogLimits.of(maxBytes, maxAge);
        this.clock = clock;
        this.sync = new LogSync(flushInterval);
        this.cache = new SegmentCache(CACHED_STRETCHES * limits.stretchBytes());
        this.index = new IndexKeeper(lock, path, limits.maxAgeNanos(), clock);
        this.recording = new Recording(path, () -> IndexedLog.open(path, limits, sync, cache, index), clock, goOnAfter);
        this.imports = new DiskImports(lock, recording, index, limits, cache, clock, this::publish);
        locked(this::keepInOrder);
    }

    @Override
    public long append(List<TrafficEvent> events) {
        lock.lock();
        try {
            long lost = 0;
            for (int from = 0; from < events.size(); ) {
                List<TrafficEvent> portion = events.subList(from, limits.portion(events, from));
                lost += recording.write(portion);
                newest = portion.getLast().lastId();
                index.add(portion);
                keepInOrder();
                from += portion.size();
            }
            return lost;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void trim() {
        locked(() -> {
            recording.resume();
            keepInOrder();
        });
    }

    private void keepInOrder() {
        IndexedLog into = recording.into();
        if (into != null) {
            into.keepInOrder(clock.getAsLong());
        }
        publish();
    }

    private void publish() {
        IndexedLog into = recording.into();
        if (into != null) {
            newest = Math.max(newest, into.lastId());
        }
        LogIndex.Forgotten forgotten = into == null ? LogIndex.Forgotten.NOTHING : into.forgotten();
        Stretch[] stretches = recording.stretches().toArray(new Stretch[0]);
        publish(new StoreView(stretches, newest, forgotten.upTo(), forgotten.frames()));
        status = recording.status();
    }

    @Override
    public long delete(MessageFilter filter, long upTo) {
        deleting.lock();
        try {
            Forgetting forgetting = Forgetting.in(view(), filter, upTo);
            // The oldest first: should the process be killed in between, a message has lost its beginning, which can
            // be deleted again, and no beginning its message, by which alone it is found.
            for (LogEntry entry : changed(forgetting)) {
                forget(entry, forgetting);
            }
            cache.clear();
            return forgetting.forgotten();
        } catch (IOException e) {
            throw new HistoryUnwritableException("it could not be forgotten: " + new Outage(0, e, path).reason(), e);
        } finally {
            deleting.unlock();
        }
    }

    /** The files of which something goes. None grows any more: what comes from now on goes into a new one. */
    private List<LogEntry> changed(Forgetting forgetting) {
        lock.lock();
        try {
            IndexedLog from = recording.into();
            if (from == null) {
                return List.of();
            }
            List<LogEntry> entries = from.closed(forgetting::changes, clock.getAsLong());
            publish();
            return entries;
        } finally {
            lock.unlock();
        }
    }

    private void forget(LogEntry entry, Forgetting forgetting) throws IOException {
        try {
            LogEntry rewritten = new LogRewriter(entry, forgetting, cache).rewrite();
            locked(() -> replace(entry, rewritten));
        } catch (Stretch.GoneException e) {
            log.debug("{} was dropped meanwhile", entry.file().name());
        }
    }

    private void replace(LogEntry old, LogEntry rewritten) {
        IndexedLog in = recording.into();
        if (in == null) {
            return;
        }
        if (in.replace(old, rewritten)) {
            publish();
            in.delete(old.file());
        } else {
            in.delete(rewritten.file());
        }
    }

    @Override
    public Import beginImport() throws ImportTooLargeException {
        try {
            return imports.begin();
        } catch (IOException e) {
            throw new HistoryUnwritableException(new Outage(0, e, path).reason(), e);
        }
    }

    @Override
    public long maxBytes() {
        return limits.maxBytes();
    }

    @Override
    public EventPage events(EventFilter filter, long before, int limit) {
        return index.events(filter, before, limit, () -> super.events(filter, before, limit));
    }

    @Override
    public HistoryStatus status() {
        return status;
    }

    @Override
    public void close() {
        locked(() -> {
            recording.end();
            letGo();
        });
        super.close();
    }

    /** Lets go of everything at once, as the end of the process would. */
    void abandon() {
        locked(this::letGo);
        super.close();
    }

    private void letGo() {
        sync.close();
        recording.close();
        index.close();
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
