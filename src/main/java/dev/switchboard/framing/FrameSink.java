package dev.switchboard.framing;

/** Is told by a {@link Decoder}, within {@link Decoder#decode} and on its thread, where frames end. */
@FunctionalInterface
public interface FrameSink {

    /**
     * A frame is complete. It begins where the one before ended, which may have been in an earlier array.
     *
     * @param end index in the array just past the frame's last wire byte. It may be the {@code from} of the call: a
     *     JSON number is known to be over only when the byte after it is seen
     * @param header how many of the frame's first wire bytes belong to the framing
     * @param trailer how many of the frame's last wire bytes belong to the framing
     */
    void frame(int end, int header, int trailer);
}
