package dev.switchboard.endpoint;

import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing.Receipt;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames in a {@link SendQueue} that follow each other in one array and have all in common but their length; as a rule
 * the answers to all frames of one read. A frame with a receipt stays alone. Used by the connection's loop alone.
 */
final class Run {

    final byte[] array;
    final int from;
    private final int header;
    private final int trailer;
    final Origin origin;
    final Receipt receipt;
    final boolean admitted;

    /** Where the frames end; null while there is only one, which ends at {@link #end}. */
    private int @Nullable [] ends;

    private int frames = 1;
    private int finished;
    int end;
    int frameStart;
    int written;

    @Nullable
    Run next;

    /** One frame, {@code array[from, to)}. */
    Run(byte[] array, int from, int to, int header, int trailer, Origin origin, Receipt receipt, boolean admitted) {
        this.array = array;
        this.from = from;
        this.end = to;
        this.header = header;
        this.trailer = trailer;
        this.origin = origin;
        this.receipt = receipt;
        this.admitted = admitted;
        this.frameStart = from;
        this.written = from;
    }

    /** Bytes the kernel has not taken. */
    int left() {
        return end - written;
    }

    /** Whether a frame without a receipt that begins there may be appended. */
    boolean goesOnAt(byte[] other, int at, int itsHeader, int itsTrailer, Origin itsOrigin, boolean itWasAdmitted) {
        return other == array
                && at == end
                && itsHeader == header
                && itsTrailer == trailer
                && itsOrigin == origin
                && itWasAdmitted == admitted
                && receipt == Receipt.NONE;
    }

    /** Appends the frame that begins where the last one ends. */
    void append(int to) {
        int[] known = ends;
        if (known == null) {
            known = new int[16];
            known[0] = end;
            ends = known;
        } else if (frames == known.length) {
            known = Arrays.copyOf(known, frames * 2);
            ends = known;
        }
        known[frames++] = to;
        end = to;
    }

    private int endOf(int frame) {
        return ends == null ? end : ends[frame];
    }

    /** Whether the next {@code taken} bytes are the whole array. */
    boolean isAll(int taken) {
        return written == 0 && end == array.length && taken == end;
    }

    /** The whole of a frame whose beginning was taken before and whose end is among the next {@code taken} bytes. */
    byte @Nullable [] straddler(int taken) {
        int frameEnd = endOf(finished);
        if (written == frameStart || frameEnd - written > taken) {
            return null;
        }
        return frameStart == 0 && frameEnd == array.length ? array : Arrays.copyOfRange(array, frameStart, frameEnd);
    }

    /**
     * The kernel took the next {@code count} bytes.
     *
     * @param at where in the chunk the first of them stands
     * @param chunk is told the ends of the frames whose last byte is among them
     * @return how many frames those are
     */
    int take(int count, int at, FrameEnds.Builder chunk) {
        int toChunk = at - written;
        written += count;
        int before = finished;
        while (finished < frames && endOf(finished) <= written) {
            frameStart = endOf(finished++);
            chunk.add(frameStart + toChunk, header, trailer, origin);
        }
        return finished - before;
    }
}
