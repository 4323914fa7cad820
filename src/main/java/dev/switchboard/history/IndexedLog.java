package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Log} in an opened folder, and its index, which follows whatever changes in it. Used by whoever holds the
 * store's lock.
 */
final class IndexedLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IndexedLog.class);

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LogDirectory directory;
    private final Log files;
    private final IndexKeeper index;
    private final Optional<String> lastRun;
    private final long lastId;
    private final long lastImport;
    private LogIndex.Forgotten forgotten;
    private long nextLook = System.nanoTime() + LOOK_NANOS;

    private IndexedLog(LogDirectory directory, Log files, IndexKeeper index, LogStart.Found found) {
        this.directory = directory;
        this.files = files;
        this.index = index;
        this.lastRun = found.lastRun();
        this.lastId = found.lastId();
        this.lastImport = found.lastImport();
        this.forgotten = found.forgotten();
    }

    /** @throws IOException if it can't be opened; then nothing is left open */
    static IndexedLog open(Path path, LogLimits limits, LogSync sync, SegmentCache cache, IndexKeeper index)
            throws IOException {
        LogDirectory opened = LogDirectory.open(path);
        try {
            LogStart.Found found = LogStart.in(opened, cache);
            index.opened(found.index());
            found.lastRun().ifPresent(log::warn);
            Log files = new Log(opened, limits, sync, cache, found.entries());
            opened.begun();
            return new IndexedLog(opened, files, index, found);
        } catch (IOException e) {
            opened.close();
            throw e;
        } catch (RuntimeException e) {
            // Whatever stands there that nobody thought of: it must not keep the process from starting.
            opened.close();
            throw new IOException("what is there can't be read: " + e, e);
        }
    }

    /** As {@link Log#append}. */
    List<TrafficEvent> append(List<TrafficEvent> events) {
        return files.append(events);
    }

    /** As {@link Log#failure}. */
    @Nullable
    IOException failure() {
        return files.failure();
    }

    /** What is to be said of the run before, if it did not end in order. */
    Optional<String> lastRun() {
        return lastRun;
    }

    LogIndex.Forgotten forgotten() {
        return forgotten;
    }

    /** The last id of those captured in earlier runs, or 0. */
    long lastId() {
        return lastId;
    }

    /** The number of the last import of earlier runs, or 0. */
    long lastImport() {
        return lastImport;
    }

    /** What imports take. */
    long importedBytes() {
        return files.importedBytes();
    }

    /** All there is, for readers. */
    List<Stretch> stretches() {
        return files.stretches();
    }

    /** Where an import goes. */
    LogFile imported(long number) {
        return directory.imported(number);
    }

    /** Drops what is beyond the bounds, and brings the index up to date. */
    void keepInOrder(long now) {
        dropMissing();
        dropBeyondBounds(now);
        index.follow(files, forgotten);
    }

    private void dropMissing() {
        if (System.nanoTime() - nextLook < 0) {
            return;
        }
        nextLook = System.nanoTime() + LOOK_NANOS;
        List<LogEntry> missing = files.dropMissing();
        for (LogEntry entry : missing) {
            log.warn(
                    "{} was deleted by somebody else; {} frames are gone",
                    entry.file().name(),
                    entry.frames());
            if (entry.file().imported()) {
                index.change(connection -> {
                    LogIndex.dropped(entry.file()).apply(connection);
                    LogIndex.dropEvents(entry.stretches().getFirst().outline().firstId(), entry.lastId())
                            .apply(connection);
                });
            }
        }
        dropped(missing.stream().filter(entry -> !entry.file().imported()).toList());
    }

    private void dropBeyondBounds(long now) {
        dropped(files.dropBeyondBounds(now));
    }

    private void dropped(List<LogEntry> dropped) {
        if (dropped.isEmpty()) {
            return;
        }
        long upTo = forgotten.upTo();
        long frames = forgotten.frames();
        for (LogEntry entry : dropped) {
            upTo = Math.max(upTo, entry.lastId());
            frames += entry.frames();
        }
        LogIndex.Forgotten more = new LogIndex.Forgotten(upTo, frames);
        forgotten = more;
        index.change(connection -> {
            for (LogEntry entry : dropped) {
                LogIndex.dropped(entry.file()).apply(connection);
            }
            LogIndex.setForgotten(more.upTo(), more.frames()).apply(connection);
        });
    }

    /** As {@link Log#closed(LongPredicate)}. */
    List<LogEntry> closed(LongPredicate stretches, long now) {
        List<LogEntry> entries = files.closed(stretches);
        keepInOrder(now);
        return entries;
    }

    /**
     * Puts a rewritten file in the place of what it was made from. That one is still there afterwards, for those who
     * look at what is not the newest view.
     *
     * @param rewritten without stretches if nothing is left
     * @return false if the old one was dropped meanwhile, and nothing is to come in its place
     */
    boolean replace(LogEntry old, LogEntry rewritten) {
        boolean empty = rewritten.stretches().isEmpty();
        if (!files.replace(old, empty ? null : rewritten)) {
            return false;
        }
        index.change(connection -> {
            LogIndex.dropped(old.file()).apply(connection);
            if (old.file().imported()) {
                long firstId = old.stretches().getFirst().outline().firstId();
                LogIndex.dropEvents(firstId, old.lastId()).apply(connection);
                LogIndex.addEvents(LogScan.lifeCycles(rewritten.stretches())).apply(connection);
            }
            if (!empty) {
                LogIndex.add(rewritten.stretches()).apply(connection);
                LogIndex.closed(List.of(rewritten)).apply(connection);
            }
        });
        return true;
    }

    void delete(LogFile file) {
        directory.delete(file);
    }

    /** Adds a file of traffic from elsewhere; its life-cycle events are left to {@link #addEvents}. */
    void add(LogEntry imported, long now) {
        files.add(imported);
        index.change(connection -> {
            LogIndex.add(imported.stretches()).apply(connection);
            LogIndex.closed(List.of(imported)).apply(connection);
        });
        dropBeyondBounds(now);
    }

    /** Brings everything to its end. */
    void end(boolean inOrder) {
        boolean orderly = inOrder;
        try {
            files.end();
        } catch (IOException e) {
            log.error("the end of history could not be written", e);
            files.roll();
            orderly = false;
        }
        index.follow(files, forgotten);
        if (orderly) {
            directory.endedInOrder();
        }
    }

    /** Lets go of the folder and the index. */
    @Override
    public void close() {
        index.close();
        directory.close();
    }
}
