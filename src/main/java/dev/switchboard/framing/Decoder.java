package dev.switchboard.framing;

/**
 * Finds the ends of frames in one direction of one connection, incrementally: however the stream is split into calls,
 * the frames are the same (but for {@link Framing.Raw}, where each call is a frame).
 *
 * <p>It keeps no bytes, only state, and allocates nothing once made; holding on to the bytes of an unfinished frame is
 * the caller's part. Not thread-safe: one thread at a time, as a rule the one that reads the socket.
 */
public interface Decoder {

    /**
     * Looks at {@code bytes[from, to)}, which follow those seen before, and tells {@code sink} each frame that ends in
     * there, in order. After it threw, whether a {@link FramingException} or what the sink threw, the decoder must not
     * be used again.
     *
     * @param bytes only read, and not kept
     * @throws FramingException if the stream can't be cut any further; the frames told before stay valid
     */
    void decode(byte[] bytes, int from, int to, FrameSink sink) throws FramingException;

    /** Wire bytes of the unfinished frame seen so far, its header included; 0 between two frames. */
    long pending();

    /** In words, what would end or continue the unfinished frame, such as {@code a line feed (0x0A)}. */
    String expected();
}
