package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
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
        return plus(frame.direction(), 1, frame.bytes());
    }

    private Sums plus(Direction direction, int frames, long bytes) {
        return direction == Direction.IN
                ? new Sums(framesIn + frames, bytesIn + bytes, framesOut, bytesOut, missed)
                : new Sums(framesIn, bytesIn, framesOut + frames, bytesOut + bytes, missed);
    }

    Sums plus(TrafficEvent event) {
        if (event instanceof Gap gap) {
            return new Sums(framesIn, bytesIn, framesOut, bytesOut, missed + gap.missed());
        }
        if (event.frames() == 0) {
            return this;
        }
        Frame first = event.frame(0);
        long bytes = first.bytes();
        if (event instanceof Chunk chunk) {
            for (int i = 1; i < chunk.frames(); i++) {
                bytes += chunk.ends().end(i)
                        - chunk.ends().end(i - 1)
                        - chunk.ends().header(i)
                        - chunk.ends().trailer(i);
            }
        }
        return plus(first.direction(), event.frames(), bytes);
    }
}
