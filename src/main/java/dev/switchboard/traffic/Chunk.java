package dev.switchboard.traffic;

import org.jspecify.annotations.Nullable;

/**
 * The bytes that one read took from the kernel, one write gave to it, or one datagram held. The chunk is what happened;
 * the frames in it are our reading of it.
 *
 * <pre>
 *   chunk 41   │ P I N G \n P I │        ends: [5]      frame 41 = "PING"
 *   chunk 42   │ N G \n P I N G │        ends: [3]      frame 42 = "PING", its first bytes are in chunk 41
 * </pre>
 *
 * @param bytes exactly what was moved; shared by everybody who looks at it and never written to
 * @param ends where frames end in {@code bytes}
 * @param straddler the whole first frame, framing included, when it began in an earlier chunk; null otherwise
 */
public record Chunk(
        long id,
        long at,
        ConnectionKey connection,
        Direction direction,
        byte[] bytes,
        FrameEnds ends,
        byte @Nullable [] straddler)
        implements TrafficEvent {

    @Override
    public int ids() {
        return Math.max(1, ends.size());
    }

    @Override
    public int frames() {
        return ends.size();
    }

    @Override
    public String endpoint() {
        return connection.endpoint();
    }

    @Override
    public int weight() {
        return bytes.length + (straddler == null ? 0 : straddler.length);
    }

    /** The frame that ends here as number {@code index}, from 0; no bytes are copied. */
    @Override
    public Frame frame(int index) {
        int header = ends.header(index);
        int trailer = ends.trailer(index);
        if (index == 0 && straddler != null) {
            return frame(index, straddler, 0, straddler.length, header, trailer);
        }
        int start = index == 0 ? 0 : ends.end(index - 1);
        return frame(index, bytes, start, ends.end(index), header, trailer);
    }

    private Frame frame(int index, byte[] array, int start, int end, int header, int trailer) {
        return new Frame(
                id + index,
                at,
                connection,
                direction,
                ends.origin(index),
                array,
                start + header,
                end - trailer,
                end - start,
                true);
    }
}
