package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link LogIndex} up to date with the log. What it can't take now it is given again later, life-cycle events
 * above all, which wait here; a damaged one is made anew.
 *
 * <p>Used by whoever holds the store's lock, but for {@link #events}.
 */
final class IndexKeeper {

    private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TRIM_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_EVENTS = 1_000_000;
    private static final int MAX_WAITING = 100_000;

    private final ReentrantLock lock;
    private final Path directory;
    private final long maxAgeNanos;
    private final LongSupplier clock;
    private final List<LifeCycle> waiting = new ArrayList<>();
    private volatile @Nullable LogIndex index;

    /** It does not say what the log holds, and is to be told all of it. */
    private boolean stale;

    /** It was damaged, and is to be made anew. */
    private volatile boolean lost;

    private long nextTry = System.nanoTime();
    private long nextTrim = System.nanoTime();

    /**
     * @param lock the store's
     * @param directory where it is
     */
    IndexKeeper(ReentrantLock lock, Path directory, long maxAgeNanos, LongSupplier clock) {
        this.lock = lock;
        this.directory = directory;
        this.maxAgeNanos = maxAgeNanos;
        this.clock = clock;
    }

    /** From now on there is one. */
    void opened(LogIndex found) {
        index = found;
    }

    /** Takes down the life-cycle events among others, for the next time. */
    void add(List<TrafficEvent> events) {
        for (TrafficEvent event : events) {
            if (event instanceof LifeCycle lifeCycle) {
                waiting.add(lifeCycle);
            }
        }
    }

    /** Brings it up to date. */
    void follow(Log from, LogIndex.Forgotten forgotten) {
        List<FileStretch> sealed = from.takeUnindexed();
        List<LogEntry> closed = from.takeUnindexedFiles();
        boolean trim = System.nanoTime() - nextTrim > 0;
        boolean madeAnew = lost && makeAnew();
        if (sealed.isEmpty() && closed.isEmpty() && waiting.isEmpty() && !trim && !madeAnew) {
            return;
        }
        boolean done = change(connection -> {
            if (stale) {
                LogIndex.nothingKnown().apply(connection);
                LogIndex.add(from.sealed()).apply(connection);
                LogIndex.closed(from.closed()).apply(connection);
                LogIndex.setForgotten(forgotten.upTo(), forgotten.frames()).apply(connection);
            } else {
                LogIndex.add(sealed).apply(connection);
                LogIndex.closed(closed).apply(connection);
            }
            if (madeAnew) {
                addEvents(from.stretches(), connection);
            }
            LogIndex.addEvents(waiting).apply(connection);
            if (trim) {
                LogIndex.trimEvents(clock.getAsLong() - maxAgeNanos, MAX_EVENTS).apply(connection);
            }
        });
        if (done) {
            waiting.clear();
            stale = false;
            if (madeAnew) {
                lost = false;
                log.warn("the index of history was damaged and was made anew from the log");
            }
        } else if (waiting.size() > MAX_WAITING) {
            waiting.subList(0, waiting.size() - MAX_WAITING).clear();
        }
        if (trim) {
            nextTrim = System.nanoTime() + TRIM_NANOS;
        }
    }

    /** @return false if nothing was changed; then the index is brought up to date as a whole by and by */
    boolean change(LogIndex.Change change) {
        LogIndex into = index;
        if (into == null) {
            stale = true;
            return false;
        }
        try {
            into.change(change);
            return true;
        } catch (SQLException e) {
            if (!stale) {
                log.warn("the index of history could not be brought up to date, but will be: {}", e.getMessage());
            }
            stale = true;
            foundDamaged(e);
            return false;
        }
    }

    private void foundDamaged(SQLException e) {
        if (LogIndex.damaged(e)) {
            lost = true;
        }
    }

    /** The log knows the events that it holds; older ones are lost with the index. Tried once a second. */
    private boolean makeAnew() {
        if (System.nanoTime() - nextTry < 0) {
            return false;
        }
        nextTry = System.nanoTime() + RETRY_NANOS;
        close();
        try {
            index = LogStart.newIndex(directory);
            stale = true;
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            log.debug("the index of history still can't be made anew: {}", e.toString());
            return false;
        }
    }

    /** A stretch at a time: all events together may be more than fits into memory. */
    private static void addEvents(List<Stretch> stretches, Connection connection) throws SQLException {
        for (Stretch stretch : stretches) {
            List<LifeCycle> events = List.of();
            try {
                events = LogScan.lifeCycles(List.of(stretch));
            } catch (UncheckedIOException | Stretch.GoneException e) {
                log.warn(
                        "life-cycle events from {} on can't be read",
                        stretch.outline().firstId(),
                        e);
            }
            LogIndex.addEvents(events).apply(connection);
        }
    }

    /**
     * Finds events; may be called by any thread.
     *
     * @param fromTheLog the same, where there is no index to ask
     */
    EventPage events(EventFilter filter, long before, int limit, Supplier<EventPage> fromTheLog) {
        LogIndex from = index;
        if (lost) {
            return fromTheLog.get();
        }
        if (from == null) {
            return waiting(filter, before, limit);
        }
        try {
            return from.events(filter, before, limit);
        } catch (SQLException e) {
            log.warn("events could not be read from the index, and are read from the log: {}", e.getMessage());
            foundDamaged(e);
            return fromTheLog.get();
        }
    }

    /** As long as there is no index, there are the events that wait for it. */
    private EventPage waiting(EventFilter filter, long before, int limit) {
        List<LifeCycle> found;
        lock.lock();
        try {
            found = waiting.reversed().stream()
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

    void close() {
        try (LogIndex closing = index) {
            index = null;
        } catch (SQLException e) {
            log.warn("the index of history could not be closed", e);
        }
    }
}
