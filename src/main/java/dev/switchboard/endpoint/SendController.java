package dev.switchboard.endpoint;

import dev.switchboard.framing.BadPayloadException;
import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.Origin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
@Tag(name = "Sending", description = "Pushes a payload through the very sockets that receive. Framing is applied to it.")
class SendController {

    private static final String TO_ENDPOINT = "/endpoints/{name}/messages";
    private static final String TO_CONNECTION = "/connections/{id}/messages";

    private final Sender sender;

    SendController(Sender sender) {
        this.sender = sender;
    }

    /** What to send, as JSON. */
    record Request(
            @Schema(example = "PING\\r\\n") @Nullable String payload,
            @Schema(
                            allowableValues = {"text", "escaped", "hex", "base64"},
                            description = "How `payload` is written; text if it is left out")
                    @Nullable
                    String encoding,
            @Schema(example = "127.0.0.1:9999", description = "udp only: where to send it") @Nullable String to,
            @Schema(example = "2s", description = "Wait as long for the next frame in; 504 if none comes") @Nullable
                    String awaitReply,
            @Schema(example = "1", description = "How often to send it, 1 to 10000") @Nullable Integer repeat,
            @Schema(example = "100ms", description = "From one time to the next") @Nullable String interval) {}

    /** What became of it. */
    record Answer(List<Sent> sent, List<Outcome.Failed> failed, @Nullable MessageView reply) {}

    /**
     * @param bytes length of the payload
     * @param wireBytes what went out, framing included
     */
    record Sent(String messageId, String connection, int bytes, int wireBytes) {}

    @PostMapping(path = TO_ENDPOINT, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Send through an endpoint",
            description = "To every open connection of a tcp-server, the connection of a tcp-client, or a UDP destination."
                    + " The answer comes after the kernel took the bytes. JSON, or the bare payload as"
                    + " `application/octet-stream` or `text/plain`.")
    @ApiResponse(responseCode = "409", description = "It is stopped, or has no connection")
    @ApiResponse(responseCode = "504", description = "It was sent, and no reply came in time")
    Answer toEndpoint(
            @PathVariable String name,
            @RequestBody Request request,
            @Parameter(description = "How the reply's payload is written") @RequestParam(defaultValue = "escaped")
                    String encoding)
            throws InterruptedException {
        PayloadEncoding written = encoding("encoding", encoding);
        return answer(sender.toEndpoint(name, order(request)), written);
    }

    @PostMapping(
            path = TO_ENDPOINT,
            consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.TEXT_PLAIN_VALUE})
    Answer bytesToEndpoint(
            @PathVariable String name,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String awaitReply,
            @RequestParam(required = false) @Nullable Integer repeat,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = encoding("encoding", encoding);
        return answer(sender.toEndpoint(name, order(bytes(body), to, awaitReply, repeat, interval)), written);
    }

    @PostMapping(path = TO_CONNECTION, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Send to one connection", description = "As through an endpoint, to this peer alone.")
    @ApiResponse(responseCode = "409", description = "It is closed")
    @ApiResponse(responseCode = "504", description = "It was sent, and no reply came in time")
    Answer toConnection(
            @PathVariable String id, @RequestBody Request request, @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = encoding("encoding", encoding);
        return answer(sender.toConnection(id, order(request)), written);
    }

    @PostMapping(
            path = TO_CONNECTION,
            consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.TEXT_PLAIN_VALUE})
    Answer bytesToConnection(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String awaitReply,
            @RequestParam(required = false) @Nullable Integer repeat,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = encoding("encoding", encoding);
        return answer(sender.toConnection(id, order(bytes(body), to, awaitReply, repeat, interval)), written);
    }

    private static byte[] bytes(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }

    private static Order order(Request request) {
        if (request.payload() == null) {
            throw RefusedException.meaningless("payload", "is missing: say what to send; \"\" is an empty payload");
        }
        String encoding = request.encoding() == null ? "text" : request.encoding();
        byte[] payload;
        try {
            payload = encoding("encoding", encoding).decode(request.payload());
        } catch (BadPayloadException e) {
            throw RefusedException.meaningless("payload", String.valueOf(e.getMessage()));
        }
        return order(payload, request.to(), request.awaitReply(), request.repeat(), request.interval());
    }

    private static Order order(
            byte[] payload,
            @Nullable String to,
            @Nullable String awaitReply,
            @Nullable Integer repeat,
            @Nullable String interval) {
        return new Order(
                payload,
                Origin.OPERATOR,
                Optional.ofNullable(to).map(SendController::address),
                Optional.ofNullable(awaitReply).map(text -> DurationText.parse("awaitReply", text)),
                repeat == null ? 1 : repeat,
                interval == null ? Duration.ZERO : DurationText.parse("interval", interval));
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw RefusedException.meaningless("to", String.valueOf(e.getMessage()));
        }
    }

    private static PayloadEncoding encoding(String field, String word) {
        try {
            return PayloadEncoding.of(word);
        } catch (IllegalArgumentException e) {
            throw RefusedException.meaningless(field, String.valueOf(e.getMessage()));
        }
    }

    private static Answer answer(Outcome outcome, PayloadEncoding encoding) {
        List<Sent> sent = outcome.sent().stream()
                .map(one -> new Sent(Long.toString(one.messageId()), one.connection(), one.bytes(), one.wireBytes()))
                .toList();
        return new Answer(
                sent,
                outcome.failed(),
                outcome.reply().map(frame -> MessageView.of(frame, encoding)).orElse(null));
    }
}
