package dev.switchboard.traffic;

import dev.switchboard.framing.PayloadEncoding;
import io.swagger.v3.oas.annotations.media.Schema;

/** A message as JSON: the one way in which a {@link Frame} is shown to the world. */
@Schema(name = "Message", description = "One frame that crossed the wire.")
public record MessageView(
        @Schema(description = "Opaque. Ids sort in the order of capture.", example = "1785600000000042")
        String id,

        @Schema(description = "When its last byte was read or written.", example = "2026-08-01T12:00:00.000042Z")
        String at,

        String endpoint,
        String connection,

        @Schema(allowableValues = {"tcp", "udp"}) String transport,

        @Schema(
                allowableValues = {"in", "out"},
                description = "Seen from Switchboard.")
        String direction,

        @Schema(
                allowableValues = {"peer", "operator", "rule", "proxy", "scenario"},
                description = "Who made it. What comes in is always the peer's.")
        String origin,

        @Schema(example = "127.0.0.1:9001") String local,

        @Schema(example = "127.0.0.1:50412") String remote,

        @Schema(description = "Length of the payload.") int bytes,

        @Schema(description = "Bytes it took on the wire, framing included.")
        int wireBytes,

        @Schema(description = "False for what was left of an unfinished frame when its connection ended.")
        boolean complete,

        String payload,

        @Schema(
                allowableValues = {"text", "escaped", "hex", "base64"},
                description = "How the payload is written.")
        String encoding) {

    /** Shows {@code frame}, its payload written in {@code encoding}. */
    public static MessageView of(Frame frame, PayloadEncoding encoding) {
        ConnectionKey connection = frame.connection();
        return new MessageView(
                Long.toString(frame.id()),
                UtcMicros.format(frame.at()),
                connection.endpoint(),
                connection.id(),
                connection.transport().word(),
                frame.direction().word(),
                frame.origin().word(),
                connection.local(),
                connection.remote(),
                frame.bytes(),
                frame.wireBytes(),
                frame.complete(),
                encoding.encode(frame.array(), frame.from(), frame.to()),
                encoding.word());
    }
}
