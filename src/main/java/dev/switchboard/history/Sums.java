package dev.switchboard.history;

import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of one endpoint add up to.
 *
 * @param bytesIn payload that came in, framing not counted
 * @param bytesOut payload that went out, framing not counted
 * @param missed frames that were not recorded
 */
record Sums(long framesIn, long bytesIn, long framesOut, long bytesOut, long missed) {

    static final Sums NONE = new Sums(0, 0, 0, 0, 0);

    Sums plus(Sums other) {
        return new Sums(
                framesIn + other.framesIn,
                bytesIn + other.bytesIn,
                framesOut + other.framesOut,
                bytesOut + other.bytesOut,
                missed + other.missed);
    }

    /** Of what went one way; of all where {@code direction} is null. What is missed has no direction, and stays out. */
    Sums frames(@Nullable Direction direction) {
        return new Sums(
                direction == Direction.OUT ? 0 : framesIn,
                direction == Direction.OUT ? 0 : bytesIn,
                direction == Direction.IN ? 0 : framesOut,
                direction == Direction.IN ? 0 : bytesOut,
                0);
    }

    static Sums missing(long frames) {
        return new Sums(0, 0, 0, 0, frames);
    }

    Sums plus(Frame frame) {
        return frame.direction() == Direction.IN
                ? new Sums(framesIn + 1, bytesIn + frame.bytes(), framesOut, bytesOut, missed)
                : new Sums(framesIn, bytesIn, framesOut + 1, bytesOut + frame.bytes(), missed);
    }
}
