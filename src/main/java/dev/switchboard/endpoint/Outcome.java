package dev.switchboard.endpoint;

import dev.switchboard.traffic.Frame;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What became of an {@link Order}.
 *
 * @param sent one for each message that was handed to the kernel whole
 * @param failed connections it could not be sent to, when there were others
 */
public record Outcome(List<Sent> sent, List<Failed> failed, Optional<Frame> reply) {

    /**
     * @param bytes length of the payload
     * @param wireBytes what went out, framing included
     */
    public record Sent(long messageId, String connection, int bytes, int wireBytes) {}

    /** @param reason in words */
    @Schema(name = "NotSent")
    public record Failed(
            String connection,

            @Schema(description = "Why it could not be sent there, in words")
            String reason) {}
}
