package dev.switchboard.endpoint;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import dev.switchboard.framing.BadPayloadException;
import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.Origin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
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
@Tag(
        name = "Sending",
        description =
                "Pushes a payload through the very sockets that receive. The framing of the endpoint is applied to it."
                        + " The answer comes after the kernel took the bytes.")
class SendController {

    private static final String TO_ENDPOINT = "/endpoints/{name}/messages";
    private static final String TO_CONNECTION = "/connections/{id}/messages";

    private static final String TO = "udp only: where to send it; the endpoint's `remote` if it is left out";
    private static final String AWAIT_REPLY = "Wait as long for the next frame in; 504 if none comes. At most 5m";
    private static final String REPEAT = "How often to send it, 1 to 10000; once if it is left out";
    private static final String INTERVAL = "From one time to the next, 5m at most in all; 0s if it is left out";
    private static final String ENCODING = "How the payload of the reply is written";
    private static final String BARE = "With a bare payload. ";

    private final Sender sender;

    SendController(Sender sender) {
        this.sender = sender;
    }

    /** What to send, as JSON. */
    @Schema(name = "SendRequest", description = "What to send, and how.")
    record Request(
            @Schema(description = "The bytes to send, without framing", requiredMode = REQUIRED) @Nullable
            String payload,

            @Schema(
                    allowableValues = {"text", "escaped", "hex", "base64"},
                    description = "How `payload` is written; text if it is left out")
            @Nullable
            String encoding,

            @Schema(example = "127.0.0.1:9999", description = TO) @Nullable
            String to,

            @Schema(example = "2s", description = AWAIT_REPLY) @Nullable
            String awaitReply,

            @Schema(example = "1", description = REPEAT, minimum = "1", maximum = "10000") @Nullable
            Integer repeat,

            @Schema(example = "100ms", description = INTERVAL) @Nullable
            String interval) {}

    /** What became of it. */
    @Schema(name = "SendResult")
    record Answer(
            @Schema(description = "One for each message that was handed to the kernel whole")
            List<Sent> sent,

            @Schema(description = "Connections it could not be sent to, when it was sent to others")
            List<Outcome.Failed> failed,

            @Schema(description = "With `awaitReply`: the first frame that came in after it was sent; else null")
            @Nullable
            MessageView reply) {}

    /**
     * @param bytes length of the payload
     * @param wireBytes what went out, framing included
     */
    record Sent(
            @Schema(description = "Id of the message that went out")
            String messageId,

            @Schema(description = "Id of the connection, or UDP peer, it went to")
            String connection,

            @Schema(description = "Length of the payload") int bytes,

            @Schema(description = "Bytes that went out, framing included")
            int wireBytes) {}

    @PostMapping(path = TO_ENDPOINT, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ToEndpoint
    Answer toEndpoint(
            @PathVariable String name,
            @RequestBody Request request,
            @Parameter(description = ENCODING) @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = written(encoding);
        return answer(sender.toEndpoint(name, order(request)), written);
    }

    @PostMapping(
            path = TO_ENDPOINT,
            consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.TEXT_PLAIN_VALUE})
    @ToEndpoint
    Answer bytesToEndpoint(
            @PathVariable String name,
            @RequestBody(required = false) byte @Nullable [] body,
            @Parameter(description = BARE + TO) @RequestParam(required = false) @Nullable String to,
            @Parameter(description = BARE + AWAIT_REPLY) @RequestParam(required = false) @Nullable String awaitReply,
            @Parameter(description = BARE + REPEAT) @RequestParam(required = false) @Nullable Integer repeat,
            @Parameter(description = BARE + INTERVAL) @RequestParam(required = false) @Nullable String interval,
            @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = written(encoding);
        return answer(sender.toEndpoint(name, order(bytes(body), to, awaitReply, repeat, interval)), written);
    }

    @PostMapping(path = TO_CONNECTION, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ToConnection
    Answer toConnection(
            @PathVariable String id,
            @RequestBody Request request,
            @Parameter(description = ENCODING) @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = written(encoding);
        return answer(sender.toConnection(id, order(request)), written);
    }

    @PostMapping(
            path = TO_CONNECTION,
            consumes = {MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.TEXT_PLAIN_VALUE})
    @ToConnection
    Answer bytesToConnection(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @Parameter(hidden = true) @RequestParam(required = false) @Nullable String to,
            @Parameter(description = BARE + AWAIT_REPLY) @RequestParam(required = false) @Nullable String awaitReply,
            @Parameter(description = BARE + REPEAT) @RequestParam(required = false) @Nullable Integer repeat,
            @Parameter(description = BARE + INTERVAL) @RequestParam(required = false) @Nullable String interval,
            @RequestParam(defaultValue = "escaped") String encoding)
            throws InterruptedException {
        PayloadEncoding written = written(encoding);
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

    /** How the reply is to be written, which is a parameter of the request and no field of what is sent. */
    private static PayloadEncoding written(String word) {
        try {
            return PayloadEncoding.of(word);
        } catch (IllegalArgumentException e) {
            throw RefusedException.malformed("encoding", String.valueOf(e.getMessage()));
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

    /** Describes one operation: the OpenAPI document makes one of the two methods that serve it, one a media type. */
    @Operation(
            operationId = "sendThroughEndpoint",
            summary = "Send through an endpoint",
            description =
                    "To every open connection of a tcp-server, the connection of a tcp-client, or a UDP destination."
                            + " What to send is JSON, or the bare payload as `application/octet-stream` or `text/plain`, byte for"
                            + " byte. With `awaitReply` the first frame in on any of these connections is the reply.")
    @Refusals
    @Retention(RetentionPolicy.RUNTIME)
    private @interface ToEndpoint {}

    /** As {@link ToEndpoint}. */
    @Operation(
            operationId = "sendToConnection",
            summary = "Send to one connection",
            description =
                    "To one open connection, or one UDP peer from the very socket that received from it. What to send"
                            + " is JSON, or the bare payload as `application/octet-stream` or `text/plain`, byte for byte.")
    @Refusals
    @Retention(RetentionPolicy.RUNTIME)
    private @interface ToConnection {}

    @ApiResponse(responseCode = "200", description = "The kernel took it; `reply` is there if it was awaited")
    @ApiResponse(responseCode = "409", description = "The endpoint is stopped, or there is no open connection")
    @ApiResponse(responseCode = "413", description = "More than a datagram carries, or than a request may bring")
    @ApiResponse(responseCode = "422", description = "What was given makes no sense, or would not arrive as one frame")
    @ApiResponse(responseCode = "429", description = "Too much waits to be sent already, for the peer does not read")
    @ApiResponse(
            responseCode = "504",
            description = "It was sent and recorded, and no reply came in time; or the peer does"
                    + " not read, and not all of it could be handed over in time")
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Refusals {}
}
