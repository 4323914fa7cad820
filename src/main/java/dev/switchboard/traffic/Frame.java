package dev.switchboard.traffic;

import java.util.Arrays;

/**
 * A slice of one or several chunks: one message. A TCP frame is our cut, not the peer's: TCP carries a stream of bytes
 * without any marks in it (RFC 9293 §3.4). A UDP frame is the datagram.
 *
 * @param id sorts in the order of capture
 * @param at nanoseconds since the Unix epoch: when the chunk that completed the frame was moved
 * @param array holds the payload; shared, never written to
 * @param from index of the payload's first byte in {@code array}
 * @param to index past its last byte
 * @param wireBytes how many bytes the frame took on the wire, framing included
 * @param complete false for what was left of an unfinished frame when its connection ended
 */
public record Frame(
        long id,
        long at,
        ConnectionKey connection,
        Direction direction,
        Origin origin,
        byte[] array,
        int from,
        int to,
        int wireBytes,
        boolean complete) {

    /** Length of the payload in bytes. */
    public int bytes() {
        return to - from;
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return Arrays.copyOfRange(array, from, to);
    }
}
