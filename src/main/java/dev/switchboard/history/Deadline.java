package dev.switchboard.history;

import java.time.Duration;

/** When a search has to come to an end. Asked once for each stretch that would be looked at; any thread. */
@FunctionalInterface
interface Deadline {

    /** Never. */
    Deadline NEVER = () -> Long.MAX_VALUE;

    /** Nanoseconds that are left; not above 0 when time is up. */
    long left();

    /** So much from now on. */
    static Deadline in(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> end - System.nanoTime();
    }
}
