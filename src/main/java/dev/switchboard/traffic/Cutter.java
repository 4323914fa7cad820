package dev.switchboard.traffic;

import dev.switchboard.framing.Decoder;
import dev.switchboard.framing.FrameSink;
import dev.switchboard.framing.FramingException;
import org.jspecify.annotations.Nullable;

/**
 * Lays framing over the reads of one stream: says where frames end in each, and keeps the beginning of the frame that
 * has not ended yet. Used by one thread at a time: the connection's loop, or whoever imports.
 */
public final class Cutter {

    private final Decoder decoder;
    private final FrameEnds.Builder ends;
    private final FrameSink sink;
    private final Tail tail = new Tail();

    /**
     * @param ends empty, and empty again after each call; shared by all on the thread
     * @param origin who makes the frames
     */
    public Cutter(Decoder decoder, FrameEnds.Builder ends, Origin origin) {
        this.decoder = decoder;
        this.ends = ends;
        this.sink = (end, header, trailer) -> ends.add(end, header, trailer, origin);
    }

    /**
     * What framing makes of one read.
     *
     * @param straddler the whole first frame when it began in an earlier read; null otherwise
     * @param failure why nothing more can be cut; what comes before it stands
     */
    public record Cut(
            FrameEnds ends,
            byte @Nullable [] straddler,
            @Nullable FramingException failure) {}

    /** Lays framing over the next read. */
    public Cut cut(byte[] read) {
        FramingException failure = null;
        FrameEnds found;
        try {
            decoder.decode(read, 0, read.length, sink);
        } catch (FramingException e) {
            failure = e;
        } finally {
            found = ends.build();
        }
        byte[] straddler = null;
        int rest = 0;
        if (found.size() > 0) {
            straddler = tail.isEmpty() ? null : tail.join(read, found.end(0));
            rest = found.end(found.size() - 1);
        }
        tail.append(read, rest, read.length);
        return new Cut(found, straddler, failure);
    }

    /** How many bytes of an unfinished frame are held. */
    public int pending() {
        return tail.length();
    }

    /** The beginning of a frame that will not end any more, possibly nothing; it is given once. */
    public byte[] leftover() {
        return tail.take();
    }
}
