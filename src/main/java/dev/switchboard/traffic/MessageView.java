package dev.switchboard.traffic;

/**
 * A frame in the words of the API.
 *
 * @param id sorts in the order of capture
 * @param at RFC 3339 in UTC, with microseconds
 * @param direction {@code in} or {@code out}
 * @param origin who made it, such as {@code peer}
 * @param bytes length of the payload
 * @param wireBytes how many bytes the frame took on the wire, framing included
 * @param complete false for what was left of an unfinished frame when its connection ended
 * @param payload the payload, written in {@code encoding}
 */
public record MessageView(
        String id,
        String at,
        String endpoint,
        String connection,
        String transport,
        String direction,
        String origin,
        String local,
        String remote,
        int bytes,
        int wireBytes,
        boolean complete,
        String payload,
        String encoding) {

    /** @param payload the frame's payload, written in the encoding of that name */
    public static MessageView of(Frame frame, String payload, String encoding) {
        ConnectionKey key = frame.connection();
        return new MessageView(
                Long.toString(frame.id()),
                UtcMicros.text(frame.at()),
                key.endpoint(),
                key.id(),
                key.transport().word(),
                frame.direction().word(),
                frame.origin().word(),
                key.local(),
                key.remote(),
                frame.bytes(),
                frame.wireBytes(),
                frame.complete(),
                payload,
                encoding);
    }
}
