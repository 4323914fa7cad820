package dev.switchboard.traffic;

import java.util.Arrays;

/**
 * Where frames end in a chunk, how many bytes of each belong to the framing, and who made them. Immutable; three ints a
 * frame and, where all frames have one origin, nothing else.
 */
public final class FrameEnds {

    private static final int STRIDE = 3;
    private static final FrameEnds NONE = new FrameEnds(new int[0], new Origin[] {Origin.PEER});

    private final int[] cuts;
    private final Origin[] origins;

    private FrameEnds(int[] cuts, Origin[] origins) {
        this.cuts = cuts;
        this.origins = origins;
    }

    /** For a chunk in which no frame ends. */
    public static FrameEnds none() {
        return NONE;
    }

    /** For a chunk that is exactly one frame without any framing: a raw read, a datagram. */
    public static FrameEnds whole(int length, Origin origin) {
        return new FrameEnds(new int[] {length, 0, 0}, new Origin[] {origin});
    }

    /** How many frames end in the chunk. */
    public int size() {
        return cuts.length / STRIDE;
    }

    /** Index in the chunk just past the frame's last byte. */
    public int end(int frame) {
        return cuts[frame * STRIDE];
    }

    /** How many of the frame's first bytes belong to the framing. */
    public int header(int frame) {
        return cuts[frame * STRIDE + 1];
    }

    /** How many of the frame's last bytes belong to the framing. */
    public int trailer(int frame) {
        return cuts[frame * STRIDE + 2];
    }

    /** Who made the frame. */
    public Origin origin(int frame) {
        return origins.length == 1 ? origins[0] : origins[frame];
    }

    /** Collects ends in order; to be used again and again by one thread. */
    public static final class Builder {

        private int[] cuts = new int[STRIDE * 16];
        private Origin[] origins = new Origin[16];
        private int size;
        private boolean uniform = true;

        /** Adds the next end; {@code end} must not be less than the one before. */
        public Builder add(int end, int header, int trailer, Origin origin) {
            if (size == origins.length) {
                cuts = Arrays.copyOf(cuts, cuts.length * 2);
                origins = Arrays.copyOf(origins, origins.length * 2);
            }
            int at = size * STRIDE;
            cuts[at] = end;
            cuts[at + 1] = header;
            cuts[at + 2] = trailer;
            origins[size] = origin;
            uniform &= size == 0 || origins[0] == origin;
            size++;
            return this;
        }

        public int size() {
            return size;
        }

        /** What was collected; the builder is empty afterwards. */
        public FrameEnds build() {
            if (size == 0) {
                return NONE;
            }
            FrameEnds ends = new FrameEnds(
                    Arrays.copyOf(cuts, size * STRIDE),
                    uniform ? new Origin[] {origins[0]} : Arrays.copyOf(origins, size));
            size = 0;
            uniform = true;
            return ends;
        }
    }
}
