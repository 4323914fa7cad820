package dev.switchboard.traffic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where frames end in a chunk, how many bytes of each belong to the framing, and who made them. Immutable; three ints a
 * frame and, where all frames have one origin, nothing else.
 *
 * <p>Where the first of the frames began in an earlier chunk they hold the whole of it, too.
 */
public sealed class FrameEnds {

    private static final int STRIDE = 3;
    private static final FrameEnds NONE = new FrameEnds(new int[0], Origin.PEER, null);

    private final int[] cuts;
    /** Who made the first frame and, where {@code origins} is null, all. */
    private final Origin origin;

    private final Origin @Nullable [] origins;

    private FrameEnds(int[] cuts, Origin origin, Origin @Nullable [] origins) {
        this.cuts = cuts;
        this.origin = origin;
        this.origins = origins;
    }

    /** Those of the few chunks that a frame straddles into; a field would cost all others eight bytes. */
    private static final class Straddled extends FrameEnds {

        private final byte[] straddler;

        private Straddled(FrameEnds ends, byte[] straddler) {
            super(ends.cuts, ends.origin, ends.origins);
            this.straddler = straddler;
        }
    }

    /** For a chunk in which no frame ends. */
    public static FrameEnds none() {
        return NONE;
    }

    /** For a chunk that is exactly one frame without any framing: a raw read, a datagram. */
    public static FrameEnds whole(int length, Origin origin) {
        return new FrameEnds(new int[] {length, 0, 0}, origin, null);
    }

    /**
     * The same ends, of a chunk whose first frame began in an earlier one, or did not.
     *
     * @param straddler that whole frame, framing included; null when it did not
     */
    @SuppressWarnings("ReferenceEquality") // the very same array is meant
    public FrameEnds with(byte @Nullable [] straddler) {
        if (straddler == straddler()) {
            return this;
        }
        return straddler == null ? new FrameEnds(cuts, origin, origins) : new Straddled(this, straddler);
    }

    /** The whole first frame, framing included, when it began in an earlier chunk; null otherwise. */
    public byte @Nullable [] straddler() {
        return this instanceof Straddled straddled ? straddled.straddler : null;
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
        return origins == null ? origin : origins[frame];
    }

    /** Collects ends in order; to be used again and again by one thread. */
    public static final class Builder {

        private int[] cuts = new int[STRIDE * 16];
        private Origin[] origins = new Origin[16];
        private int size;
        private boolean uniform = true;
        private FrameEnds last = NONE;

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
            if (!isLast()) {
                last = new FrameEnds(
                        Arrays.copyOf(cuts, size * STRIDE), origins[0], uniform ? null : Arrays.copyOf(origins, size));
            }
            size = 0;
            uniform = true;
            return last;
        }

        /** Chunk after chunk of alike messages is cut alike: then one object serves them all, and not 80 bytes each. */
        private boolean isLast() {
            return uniform
                    && last.origins == null
                    && last.origin == origins[0]
                    && Arrays.equals(last.cuts, 0, last.cuts.length, cuts, 0, size * STRIDE);
        }
    }
}
