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
 * <p>There is one for each message in ping-pong, so what many have in common is one object: 40 bytes are left.
 *
 * @param bytes exactly what was moved; shared by everybody who looks at it and never written to
 * @param ends where frames end in {@code bytes}
 */
public record Chunk(long id, long at, Way way, byte[] bytes, FrameEnds ends) implements TrafficEvent {

    /**
     * A chunk whose way is an object of its own.
     *
     * @param straddler the whole first frame, framing included, when it began in an earlier chunk; null otherwise
     */
    public Chunk(
            long id,
            long at,
            ConnectionKey connection,
            Direction direction,
            byte[] bytes,
            FrameEnds ends,
            byte @Nullable [] straddler) {
        this(id, at, new Way(connection, direction), bytes, ends.with(straddler));
    }

    public ConnectionKey connection() {
        return way.connection();
    }

    public Direction direction() {
        return way.direction();
    }

    /** The whole first frame, framing included, when it began in an earlier chunk; null otherwise. */
    public byte @Nullable [] straddler() {
        return ends.straddler();
    }

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
        return way.connection().endpoint();
    }

    @Override
    public int weight() {
        byte[] straddler = ends.straddler();
        return bytes.length + (straddler == null ? 0 : straddler.length);
    }

    /** The frame that ends here as number {@code index}, from 0; no bytes are copied. */
    @Override
    public Frame frame(int index) {
        int header = ends.header(index);
        int trailer = ends.trailer(index);
        byte[] straddler = index == 0 ? ends.straddler() : null;
        if (straddler != null) {
            return frame(index, straddler, 0, straddler.length, header, trailer);
        }
        int start = index == 0 ? 0 : ends.end(index - 1);
        return frame(index, bytes, start, ends.end(index), header, trailer);
    }

    private Frame frame(int index, byte[] array, int start, int end, int header, int trailer) {
        return new Frame(
                id + index,
                at,
                way.connection(),
                way.direction(),
                ends.origin(index),
                array,
                start + header,
                end - trailer,
                end - start,
                true);
    }
}
