package dev.switchboard.history;

import dev.switchboard.traffic.Batch;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Follower;
import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The capture's keeper: carries everything it takes down into history, on a thread of its own, and counts it on the
 * way. It starts before and stops after whatever moves bytes, and what was captured by then is recorded before
 * {@link #stop()} returns.
 */
final class Recorder implements SmartLifecycle {

    /** Before endpoints, which have phases around 0 or above; after them when it comes to stopping. */
    static final int PHASE = Integer.MIN_VALUE + 1000;

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final int STEP = 8192;
    private static final Duration LINGER = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Capture capture;
    private final HistoryStore store;
    private final CounterTally tally = new CounterTally();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition recorded = lock.newCondition();

    /** Set under the lock by the recorder's thread; read by all. */
    private volatile Counters counters;

    private volatile boolean stopping;
    private @Nullable Follower follower;
    private @Nullable Thread thread;

    Recorder(Capture capture, HistoryStore store) {
        this.capture = capture;
        this.store = store;
        this.counters = tally.upTo(0);
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            stopping = false;
            Follower keeper = capture.keep();
            follower = keeper;
            thread = Thread.ofPlatform().name("recorder").start(() -> record(keeper));
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null && follower != null) {
            stopping = true;
            follower.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** Whether its thread is there. */
    synchronized boolean records() {
        return thread != null && thread.isAlive();
    }

    private void record(Follower keeper) {
        try {
            Duration patience = Duration.ZERO;
            boolean more = true;
            while (more) {
                // Taken first: what had an id by then is in the batch, if the batch does not end for being full.
                long latest = capture.latest();
                Batch batch = keeper.next(STEP, LINGER, patience);
                record(batch, latest);
                patience = PATIENCE;
                more = !stopping || !batch.events().isEmpty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Batch batch, long latest) {
        List<TrafficEvent> events = notYetRecorded(batch.events());
        try {
            if (events.isEmpty()) {
                store.trim();
            } else {
                tally.lost(store.append(events));
            }
        } catch (RuntimeException e) {
            log.error("{} events could not be recorded", events.size(), e);
            tally.lost(events.stream().mapToLong(TrafficEvent::frames).sum());
        }
        events.forEach(tally::count);
        long upTo = batch.events().isEmpty() ? latest : batch.events().getLast().lastId();
        publish(batch.events().size() < STEP ? Math.max(upTo, latest) : upTo);
    }

    /** Who is started again is given again what the ring still holds. */
    private List<TrafficEvent> notYetRecorded(List<TrafficEvent> events) {
        long recordedUpTo = counters.upTo();
        if (events.isEmpty() || events.getFirst().id() > recordedUpTo) {
            return events;
        }
        return events.stream().filter(event -> event.id() > recordedUpTo).toList();
    }

    private void publish(long upTo) {
        lock.lock();
        try {
            counters = tally.upTo(Math.max(upTo, counters.upTo()));
            recorded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Totals as of the last step recorded. */
    Counters counters() {
        return counters;
    }

    /**
     * Waits until everything up to {@code id} is recorded.
     *
     * @return whether that is so; false when {@code patience} ran out
     */
    boolean await(long id, Duration patience) {
        if (counters.upTo() >= id) {
            return true;
        }
        capture.hurry();
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (counters.upTo() < id && nanos > 0) {
                nanos = recorded.awaitNanos(nanos);
            }
            return counters.upTo() >= id;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
