package dev.switchboard.endpoint;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Keeps time: the n-th round begins n intervals after the first, however long the rounds take. Used by one thread. */
final class Pace {

    private final long interval;
    private final long start = System.nanoTime();
    private long rounds;

    Pace(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** Returns when the next round is due: at once for the first, or when it is overdue. */
    void next() throws InterruptedException {
        long due = start + rounds++ * interval;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
