package dev.switchboard.endpoint;

import dev.switchboard.framing.Decoder;
import dev.switchboard.framing.FrameSink;
import dev.switchboard.framing.FramingException;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Lays framing over the reads of one stream: says where frames end in each, and keeps the beginning of the frame that has
 * not ended yet. Used by the connection's loop alone.
 */
final class Cutter {

    private final Decoder decoder;
    private final FrameEnds.Builder ends = new FrameEnds.Builder();
    private final FrameSink sink = (end, header, trailer) -> ends.add(end, header, trailer, Origin.PEER);
    private final Tail tail = new Tail();

    Cutter(Decoder decoder) {
        this.decoder = decoder;
    }

    /**
     * What framing makes of one read.
     *
     * @param straddler the whole first frame when it began in an earlier read; null otherwise
     * @param failure why nothing more can be cut; what comes before it stands
     */
    record Cut(FrameEnds ends, byte @Nullable [] straddler, @Nullable FramingException failure) {}

    Cut cut(byte[] read) {
        FramingException failure = null;
        try {
            decoder.decode(read, 0, read.length, sink);
        } catch (FramingException e) {
            failure = e;
        }
        FrameEnds found = ends.build();
        byte[] straddler = null;
        int rest = 0;
        if (found.size() > 0) {
            straddler = tail.isEmpty() ? null : tail.join(read, found.end(0));
            rest = found.end(found.size() - 1);
        }
        tail.append(read, rest, read.length);
        return new Cut(found, straddler, failure);
    }

    /** The beginning of a frame that will not end any more, possibly nothing; it is given once. */
    byte[] leftover() {
        return tail.take();
    }
}
