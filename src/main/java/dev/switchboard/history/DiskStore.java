package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
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
final class DiskStore implements HistoryStore {

    private static final Logger log = LoggerFactory.getLogger(DiskStore.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TRIM_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_EVENTS = 1_000_000;
    private static final int MAX_UNINDEXED = 100_000;
    private static final int CACHED_STRETCHES = 16;
    private final Path path;
    private final long maxBytes;
    private final LogLimits limits;
    private final LongSupplier clock;
    private final LogSync sync;
    private final SegmentCache cache;

    /** Held by whoever changes one of the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable LogDirectory directory;
    private @Nullable Log files;
    private volatile @Nullable LogIndex index;
    private @Nullable Outage outage;
    private Optional<String> lastRun = Optional.empty();
    private final List<LifeCycle> unindexed = new ArrayList<>();
    private boolean indexStale;
    private long newest;
    private long forgottenUpTo;
    private long forgottenFrames;
    private long nextTry;
    private long nextTrim;

    /** Of imports on their way. */
    private long importing;

    private long lastImport;

    private final ReentrantLock deleting = new ReentrantLock();
    private final SearchPool pool = SearchPool.ofProcessors();
    private volatile StoreView view = StoreView.EMPTY;
    private volatile HistoryStatus status = HistoryStatus.recording("disk");
    private final Views views = new Views(() -> view, pool);

    /**
     * Opens what is there. When that can't be done, it is an outage.
     *
     * @param path the folder; made if missing
     * @param maxBytes bound on what all files take
     * @param maxAge bound on how old anything in them is
     * @param flushInterval how long something that was written may wait to be on the disk
     * @param clock nanoseconds since the Unix epoch, the clock that stamps what is captured
     */
    DiskStore(Path path, long maxBytes, Duration maxAge, Duration flushInterval, LongSupplier clock) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.limits = LogLimits.of(maxBytes, maxAge);
        this.clock = clock;
        this.sync = new LogSync(flushInterval);
        this.cache = new SegmentCache(CACHED_STRETCHES * limits.stretchBytes());
        this.nextTrim = System.nanoTime();
        locked(() -> {
            try {
                open();
            } catch (IOException e) {
                begin(new Outage(clock.getAsLong(), e, path));
            }
            publish();
        });
    }

    private void open() throws IOException {
        LogDirectory opened = LogDirectory.open(path);
        try {
            LogStart.Found found = LogStart.in(opened, cache);
            directory = opened;
            index = found.index();
            files = new Log(opened, limits, sync, cache, found.entries());
            lastRun = found.lastRun();
            lastRun.ifPresent(log::warn);
            forgottenUpTo = Math.max(forgottenUpTo, found.forgotten().upTo());
            forgottenFrames += found.forgotten().frames();
            newest = Math.max(newest, files.lastId());
            lastImport = Math.max(lastImport, files.lastImport());
            dropBeyondBounds(files);
            opened.begun();
        } catch (IOException e) {
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            // Whatever stands there that nobody thought of: it must not keep the process from starting.
            opened.close();
            throw new IOException("what is there can't be read: " + e, e);
        }
    }

    private void begin(Outage begun) {
        outage = begun;
        nextTry = System.nanoTime() + RETRY_NANOS;
        log.error("History is not recorded: {}. Trying again every second.", begun.reason());
    }

    @Override
    public long append(List<TrafficEvent> events) {
        lock.lock();
        try {
            long lost = 0;
            for (int from = 0; from < events.size(); ) {
                List<TrafficEvent> portion = events.subList(from, limits.portion(events, from));
                lost += write(portion);
                newest = portion.getLast().lastId();
                for (TrafficEvent event : portion) {
                    if (event instanceof LifeCycle lifeCycle) {
                        unindexed.add(lifeCycle);
                    }
                }
                keepInOrder();
                from += portion.size();
            }
            return lost;
        } finally {
            lock.unlock();
        }
    }

    private long write(List<TrafficEvent> events) {
        if (outage != null && !resume()) {
            return outage.miss(events);
        }
        Log into = files;
        if (into == null) {
            throw new IllegalStateException("closed");
        }
        List<TrafficEvent> lost = into.append(events);
        IOException failure = into.failure();
        if (failure == null) {
            return 0;
        }
        Outage begun = new Outage(clock.getAsLong(), failure, path);
        begin(begun);
        return begun.miss(lost);
    }

    /** @return whether the outage is over */
    private boolean resume() {
        Outage over = outage;
        if (over == null) {
            return true;
        }
        if (System.nanoTime() < nextTry) {
            return false;
        }
        nextTry = System.nanoTime() + RETRY_NANOS;
        try {
            if (files == null) {
                open();
            }
            Log into = files;
            List<TrafficEvent> left = into == null ? List.copyOf(over.gaps()) : into.append(List.copyOf(over.gaps()));
            over.keep(left);
            if (into == null || !left.isEmpty()) {
                return false;
            }
        } catch (IOException e) {
            log.debug("history still can't be recorded: {}", e.toString());
            return false;
        }
        outage = null;
        log.info("History is recorded again; {} frames are missing.", over.frames());
        return true;
    }

    @Override
    public void trim() {
        locked(() -> {
            resume();
            keepInOrder();
        });
    }

    private void keepInOrder() {
        Log into = files;
        if (into != null) {
            dropBeyondBounds(into);
            index(into);
        }
        publish();
    }

    private void dropBeyondBounds(Log from) {
        List<Log.Entry> dropped = from.dropBeyondBounds(clock.getAsLong());
        if (dropped.isEmpty()) {
            return;
        }
        for (Log.Entry entry : dropped) {
            forgottenUpTo = Math.max(forgottenUpTo, entry.lastId());
            forgottenFrames += entry.frames();
        }
        change(connection -> {
            for (Log.Entry entry : dropped) {
                LogIndex.dropped(entry.file()).apply(connection);
            }
            LogIndex.setForgotten(forgottenUpTo, forgottenFrames).apply(connection);
        });
    }

    private void index(Log from) {
        List<FileStretch> sealed = from.takeUnindexed();
        List<Log.Entry> closed = from.takeUnindexedFiles();
        boolean trim = System.nanoTime() - nextTrim > 0;
        if (sealed.isEmpty() && closed.isEmpty() && unindexed.isEmpty() && !trim) {
            return;
        }
        boolean done = change(connection -> {
            if (indexStale) {
                LogIndex.nothingKnown().apply(connection);
                LogIndex.add(from.sealed()).apply(connection);
                LogIndex.closed(from.closed()).apply(connection);
                LogIndex.setForgotten(forgottenUpTo, forgottenFrames).apply(connection);
            } else {
                LogIndex.add(sealed).apply(connection);
                LogIndex.closed(closed).apply(connection);
            }
            LogIndex.addEvents(unindexed).apply(connection);
            if (trim) {
                LogIndex.trimEvents(clock.getAsLong() - limits.maxAgeNanos(), MAX_EVENTS)
                        .apply(connection);
            }
        });
        if (done) {
            unindexed.clear();
            indexStale = false;
        } else if (unindexed.size() > MAX_UNINDEXED) {
            unindexed.subList(0, unindexed.size() - MAX_UNINDEXED).clear();
        }
        if (trim) {
            nextTrim = System.nanoTime() + TRIM_NANOS;
        }
    }

    /** @return false if nothing was changed; then the index is brought up to date as a whole by and by */
    private boolean change(LogIndex.Change change) {
        LogIndex into = index;
        if (into == null) {
            return false;
        }
        try {
            into.change(change);
            return true;
        } catch (SQLException e) {
            if (!indexStale) {
                log.warn("the index of history could not be brought up to date, but will be: {}", e.getMessage());
            }
            indexStale = true;
            if (LogIndex.damaged(e)) {
                remakeIndex();
            }
            return false;
        }
    }

    /** The log knows the events that it holds; older ones are lost with the index. */
    private void remakeIndex() {
        LogDirectory folder = directory;
        Log from = files;
        if (folder == null || from == null) {
            return;
        }
        closeIndex();
        try {
            index = LogStart.newIndex(folder.path());
            List<LifeCycle> events = new ArrayList<>();
            for (FileStretch stretch : from.sealed()) {
                events.addAll(LogScan.lifeCycles(List.of(stretch)));
            }
            unindexed.addAll(0, events);
        } catch (SQLException | IOException e) {
            log.warn("the index of history can't be made anew: {}", e.getMessage());
        }
    }

    private void publish() {
        List<Stretch> stretches = files == null ? new ArrayList<>() : files.stretches();
        if (outage != null && !outage.gaps().isEmpty()) {
            TrafficEvent[] gaps = outage.gaps().toArray(new TrafficEvent[0]);
            Outline.Tally tally = new Outline.Tally(0, 0, 0, gaps.length);
            stretches.add(Segment.growing(gaps, gaps.length, tally));
        }
        view = new StoreView(stretches.toArray(new Stretch[0]), newest, forgottenUpTo, forgottenFrames);
        status = new HistoryStatus(
                "disk",
                Optional.ofNullable(outage)
                        .map(now -> new HistoryStatus.Outage(now.since(), now.reason(), now.frames())),
                lastRun);
    }

    @Override
    public long delete(MessageFilter filter, long upTo) {
        deleting.lock();
        try {
            Forgetting forgetting = Forgetting.in(view, filter, upTo);
            // The oldest first: should the process be killed in between, a message has lost its beginning, which can
            // be deleted again, and no beginning its message, by which alone it is found.
            for (Log.Entry entry : changed(forgetting)) {
                forget(entry, forgetting);
            }
            cache.clear();
            return forgetting.forgotten();
        } catch (IOException e) {
            throw new UncheckedIOException("could not be forgotten: " + new Outage(0, e, path).reason(), e);
        } finally {
            deleting.unlock();
        }
    }

    private void forget(Log.Entry entry, Forgetting forgetting) throws IOException {
        try {
            replace(entry, new LogRewriter(entry, forgetting, cache).rewrite());
        } catch (Stretch.GoneException e) {
            log.debug("{} was dropped meanwhile", entry.file().name());
        }
    }

    /** The files of which something goes. None grows any more: what comes from now on goes into a new one. */
    private List<Log.Entry> changed(Forgetting forgetting) {
        lock.lock();
        try {
            Log from = files;
            if (from == null) {
                return List.of();
            }
            List<Log.Entry> entries = from.closed(forgetting::changes);
            keepInOrder();
            return entries;
        } finally {
            lock.unlock();
        }
    }

    private void replace(Log.Entry old, Log.Entry rewritten) {
        locked(() -> {
            Log in = files;
            LogDirectory folder = directory;
            if (in == null || folder == null) {
                return;
            }
            boolean empty = rewritten.stretches().isEmpty();
            if (in.replace(old, empty ? null : rewritten)) {
                change(connection -> {
                    LogIndex.dropped(old.file()).apply(connection);
                    if (old.file().imported()) {
                        long firstId = old.stretches().getFirst().outline().firstId();
                        LogIndex.dropEvents(firstId, old.lastId()).apply(connection);
                        LogIndex.addEvents(LogScan.lifeCycles(rewritten.stretches()))
                                .apply(connection);
                    }
                    if (!empty) {
                        LogIndex.add(rewritten.stretches()).apply(connection);
                        LogIndex.closed(List.of(rewritten)).apply(connection);
                    }
                });
                publish();
                folder.delete(old.file());
            } else if (!empty) {
                // It was dropped meanwhile.
                folder.delete(rewritten.file());
            }
        });
    }

    @Override
    public MessagePage messages(MessageFilter filter, long before, int limit, Deadline deadline) {
        return views.messages(filter, before, limit, deadline);
    }

    @Override
    public Summary summary(MessageFilter filter, int buckets, Deadline deadline) {
        return views.summary(filter, buckets, deadline);
    }

    @Override
    public Import beginImport() {
        lock.lock();
        try {
            LogDirectory folder = directory;
            if (folder == null) {
                throw new IllegalStateException("history can't be written now; see GET /api/history");
            }
            lastImport++;
            return new DiskImport(this, folder.imported(lastImport), limits, cache);
        } catch (IOException e) {
            throw new UncheckedIOException(new Outage(0, e, path).reason(), e);
        } finally {
            lock.unlock();
        }
    }

    /** Counts bytes of an import that is on its way, or, if they are negative, not any more. */
    void count(long more) throws ImportTooLargeException {
        lock.lock();
        try {
            long bound = maxBytes / 2;
            if (more > 0 && importing + more + (files == null ? 0 : files.importedBytes()) > bound) {
                throw new ImportTooLargeException(bound);
            }
            importing += more;
        } finally {
            lock.unlock();
        }
    }

    /** Makes an import that is whole part of history. */
    void commit(Log.Entry imported) {
        locked(() -> {
            if (files == null) {
                throw new IllegalStateException("closed");
            }
            files.add(imported);
            change(connection -> {
                LogIndex.add(imported.stretches()).apply(connection);
                LogIndex.closed(List.of(imported)).apply(connection);
            });
            dropBeyondBounds(files);
            publish();
        });
        for (FileStretch stretch : imported.stretches()) {
            List<LifeCycle> events = LogScan.lifeCycles(List.of(stretch));
            locked(() -> change(LogIndex.addEvents(events)));
        }
    }

    @Override
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public ChunkRun back(MessageFilter filter, long from, long before, long maxBytes, Deadline deadline) {
        return views.back(filter, from, before, maxBytes, deadline);
    }

    @Override
    public EventPage events(EventFilter filter, long before, int limit) {
        LogIndex from = index;
        if (from == null) {
            return waiting(filter, before, limit);
        }
        try {
            return from.events(filter, before, limit);
        } catch (SQLException e) {
            log.warn("events could not be read from the index, and are read from the log: {}", e.getMessage());
            return views.events(filter, before, limit);
        }
    }

    /** As long as there is no index, there are the events that wait for it. */
    private EventPage waiting(EventFilter filter, long before, int limit) {
        List<LifeCycle> found;
        lock.lock();
        try {
            found = unindexed.reversed().stream()
                    .filter(event -> event.id() < before && filter.matches(event))
                    .limit(limit + 1L)
                    .toList();
        } finally {
            lock.unlock();
        }
        return found.size() > limit
                ? new EventPage(
                        found.subList(0, limit),
                        OptionalLong.of(found.get(limit - 1).id()))
                : new EventPage(found, OptionalLong.empty());
    }

    @Override
    public Optional<Frame> message(long id) {
        return views.message(id);
    }

    @Override
    public Reading read(MessageFilter passOver, long after, long to, int max) {
        return views.read(passOver, after, to, max);
    }

    @Override
    public HistoryBounds bounds() {
        return views.bounds();
    }

    @Override
    public HistoryStatus status() {
        return status;
    }

    @Override
    public void close() {
        locked(() -> {
            // What is missing is to be known in the next run, too, if there is any way to write it down.
            nextTry = System.nanoTime();
            boolean orderly = resume();
            if (files != null) {
                try {
                    files.end();
                } catch (IOException e) {
                    log.error("the end of history could not be written", e);
                    files.roll();
                    orderly = false;
                }
                index(files);
            }
            sync.close();
            closeIndex();
            if (directory != null) {
                if (orderly) {
                    directory.endedInOrder();
                }
                directory.close();
            }
            files = null;
            view = StoreView.EMPTY;
        });
        pool.close();
    }

    /** Lets go of everything at once, as the end of the process would. */
    void abandon() {
        locked(() -> {
            sync.close();
            closeIndex();
            if (directory != null) {
                directory.close();
            }
            files = null;
            view = StoreView.EMPTY;
        });
        pool.close();
    }

    private void closeIndex() {
        try (LogIndex closing = index) {
            index = null;
        } catch (SQLException e) {
            log.warn("the index of history could not be closed", e);
        }
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
