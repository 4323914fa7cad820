package dev.switchboard.live;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.context.SmartLifecycle;

/**
 * Those who read live: so many at once and no more. On shutdown they are sent away first of all, before the web server
 * waits for requests to end. Any thread may call any method.
 */
final class Readers implements SmartLifecycle {

    /** One of them. */
    interface Reader {

        /** Ends its reading soon; any thread may call it, any number of times. It may block for some seconds. */
        void goAway();
    }

    private final int max;
    private final LongAdder refused = new LongAdder();
    private final Set<Reader> present = new HashSet<>();
    private boolean running;
    private boolean closing;

    /** @param max how many at once */
    Readers(int max) {
        this.max = max;
    }

    /** @return false when there are as many as there may be, or the process is stopping */
    synchronized boolean admit(Reader reader) {
        boolean admitted = !closing && present.size() < max && present.add(reader);
        if (!admitted) {
            refused.increment();
        }
        return admitted;
    }

    /** Makes room again. */
    synchronized void left(Reader reader) {
        present.remove(reader);
    }

    /** How many there are. */
    synchronized int count() {
        return present.size();
    }

    /** How many were not admitted. */
    long refused() {
        return refused.sum();
    }

    int max() {
        return max;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public synchronized void start() {
        running = true;
        closing = false;
    }

    @Override
    public void stop() {
        Set<Reader> leaving;
        synchronized (this) {
            running = false;
            closing = true;
            leaving = Set.copyOf(present);
        }
        // Each on its own thread: one that is slow to go does not hold up the others.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            leaving.forEach(reader -> threads.execute(reader::goAway));
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
