package dev.switchboard.traffic;

import java.time.Instant;

/**
 * Wall-clock time in nanoseconds that never steps back. It runs on the monotonic clock and is set by the wall clock
 * once a second, so a stamp costs one {@code clock_gettime}. Not thread-safe.
 */
final class CaptureClock {

    private static final long REANCHOR_NANOS = 1_000_000_000;

    private long anchorWall;
    private long anchorNano;
    private long last;

    CaptureClock() {
        anchor(System.nanoTime());
    }

    long now() {
        long nano = System.nanoTime();
        if (nano - anchorNano > REANCHOR_NANOS) {
            anchor(nano);
        }
        last = Math.max(last, anchorWall + (nano - anchorNano));
        return last;
    }

    /** The time of a moment that has just passed, but not before what was given already. */
    long at(long nano) {
        last = Math.max(last, anchorWall + (nano - anchorNano));
        return last;
    }

    private void anchor(long nano) {
        Instant now = Instant.now();
        anchorWall = now.getEpochSecond() * 1_000_000_000 + now.getNano();
        anchorNano = nano;
    }
}
