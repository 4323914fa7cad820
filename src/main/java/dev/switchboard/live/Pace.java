package dev.switchboard.live;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * When browsers get their batches: all of them in the same ticks, so that those who look at the same are at the same
 * place and one batch serves them all ({@link BatchPress}). A tick is 50 ms for up to twenty browsers; with more it
 * grows, so that all together get 400 batches a second and no more, whatever it is that they look at.
 *
 * <p>Times are those of {@link System#nanoTime()}. Any thread may call.
 */
final class Pace {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int BROWSERS_A_TICK = 20;

    private final IntSupplier browsers;

    /** @param browsers how many there are now */
    Pace(IntSupplier browsers) {
        this.browsers = browsers;
    }

    long tick() {
        return TICK_NANOS * Math.ceilDiv(Math.max(1, browsers.getAsInt()), BROWSERS_A_TICK);
    }

    /** When who was sent something at {@code last} may be sent something again. */
    long dueAfter(long last) {
        long tick = tick();
        return last - Math.floorMod(last, tick) + tick;
    }
}
