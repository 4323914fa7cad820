package dev.switchboard.traffic;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Wall-clock time in nanoseconds that never steps back. It runs on the monotonic clock and is set by the wall clock
 * once a second, so a stamp costs one {@code clock_gettime}. Where the wall clock was set back, it goes at half its
 * pace until that has caught up: it neither stands still nor goes on being wrong. Not thread-safe.
 */
final class CaptureClock {

    private static final long REANCHOR_NANOS = 1_000_000_000;

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private long anchor;
    private long anchorNano;
    /** How far the anchor was ahead of the wall clock. */
    private long lead;

    private long last;

    CaptureClock() {
        this(InstantSource.system(), System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime()} */
    CaptureClock(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        anchorNano = nanoTime.getAsLong();
        anchor = onTheWall();
    }

    long now() {
        long nano = nanoTime.getAsLong();
        if (nano - anchorNano > REANCHOR_NANOS) {
            setAgain(nano);
        }
        return at(nano);
    }

    /** The time of a moment that has just passed, but not before what was given already. */
    long at(long nano) {
        last = Math.max(last, unheld(nano));
        return last;
    }

    private long unheld(long nano) {
        long elapsed = nano - anchorNano;
        return anchor + elapsed - Math.min(lead, elapsed / 2);
    }

    private void setAgain(long nano) {
        long told = unheld(nano);
        long now = onTheWall();
        anchor = Math.max(told, now);
        lead = anchor - now;
        anchorNano = nano;
    }

    private long onTheWall() {
        Instant now = wall.instant();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
