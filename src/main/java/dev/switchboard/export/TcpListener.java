package dev.switchboard.export;

import dev.switchboard.traffic.Direction;

/**
 * Is told what happened on one TCP connection of a capture, in order. Times are nanoseconds since the epoch.
 *
 * <p>In is what the caller sent. {@link #ended} comes once, and last.
 */
interface TcpListener {

    /** @param begun false if the capture does not have how it began */
    void opened(long at, boolean begun);

    /** Bytes that follow those before; never none. The array is the listener's. */
    void moved(Direction direction, byte[] bytes, long at);

    /** So many bytes were on the wire here and are not in the capture. */
    void lost(Direction direction, long bytes, long at);

    /** That side sends no more: its FIN has come, in its place; not told for the second of two. */
    void halfClosed(Direction direction, long at);

    void ended(End end, long at);

    /** How a connection ended. */
    enum End {
        /** Both sides sent a FIN, the caller first. */
        CLOSED_BY_CALLER,
        CLOSED_BY_CALLED,
        RESET_BY_CALLER,
        RESET_BY_CALLED,
        /** The call was answered with RST. */
        REFUSED,
        /** The capture does not have its end. */
        UNSEEN
    }
}
