package dev.switchboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.EventFilter;
import dev.switchboard.history.History;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.history.StrictParameters;
import dev.switchboard.traffic.Capture;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Stream", description = "Traffic as it happens, for scripts.")
class StreamController {

    private static final Logger log = LoggerFactory.getLogger(StreamController.class);
    private static final List<String> PARAMETERS = List.of("endpoint", "connection", "format", "encoding");
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Capture capture;
    private final History history;
    private final JsonMapper mapper;
    private final Readers streams;
    private final Duration heartbeat;

    StreamController(
            Capture capture,
            History history,
            JsonMapper mapper,
            LiveProperties properties,
            @Qualifier(LiveConfiguration.STREAMS) Readers streams) {
        this.capture = capture;
        this.history = history;
        this.mapper = mapper;
        this.streams = streams;
        this.heartbeat = properties.heartbeat();
    }

    /** What a stream may be written as. */
    private enum Format {
        SSE("sse", MediaType.TEXT_EVENT_STREAM_VALUE),
        NDJSON("ndjson", MediaType.APPLICATION_NDJSON_VALUE);

        private final String word;
        private final String mediaType;

        Format(String word, String mediaType) {
            this.word = word;
            this.mediaType = mediaType;
        }
    }

    @GetMapping("/api/stream")
    @Operation(operationId = "followTraffic", summary = "Follow traffic as it happens", description = """
                    Server-sent events: `message` and `lifecycle` carry the same objects as `GET /api/messages` and \
                    `GET /api/events`, `gap` says `{"skipped": n}` where frames were left out because this reader was \
                    too slow, or were not recorded. Every event has an `id`; who comes back with `Last-Event-ID` gets \
                    what happened since, as far as history reaches, without a hole and without a double.

                    With `format=ndjson` the same objects come one a line, each with its kind in the field `event`; \
                    after 15 seconds of silence a line says `{"event":"heartbeat"}`.

                    The stream does not end by itself.""")
    @ApiResponse(
            responseCode = "200",
            description = "What happens, as it happens",
            content = {
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "429", description = "As many streams are open as there may be.")
    void stream(
            @Parameter(description = "Name of an endpoint.") @RequestParam(required = false) @Nullable String endpoint,
            @Parameter(description = "Id of a connection; leaves out what belongs to the endpoint itself.")
                    @RequestParam(required = false)
                    @Nullable
                    String connection,
            @Parameter(
                            description = "Server-sent events, or one JSON object a line.",
                            schema =
                                    @Schema(
                                            allowableValues = {"sse", "ndjson"},
                                            defaultValue = "sse"))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(
                            description = "How payloads are written.",
                            schema =
                                    @Schema(
                                            allowableValues = {"text", "escaped", "hex", "base64"},
                                            defaultValue = "escaped"))
                    @RequestParam(required = false)
                    @Nullable
                    String encoding,
            @Parameter(description = "Resume after this id: that of an event, a message or a `next`.")
                    @RequestHeader(name = LAST_EVENT_ID, required = false)
                    @Nullable
                    String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        StrictParameters.check(request, PARAMETERS);
        Format chosenFormat = StrictParameters.oneOf("format", format, Format.values(), choice -> choice.word);
        PayloadEncoding chosenEncoding =
                StrictParameters.oneOf("encoding", encoding, PayloadEncoding.values(), PayloadEncoding::word);
        TrafficStream stream = new TrafficStream(
                new Tail(capture, history, after(lastEventId), TrafficStream.STEP),
                new MessageFilter(endpoint, connection, null, null, List.of()),
                new EventFilter(endpoint, connection, Long.MIN_VALUE, Long.MAX_VALUE),
                chosenEncoding == null ? PayloadEncoding.ESCAPED : chosenEncoding,
                heartbeat);
        if (!streams.admit(stream)) {
            stream.goAway();
            throw Problem.tooManyStreams(streams.max());
        }
        try {
            write(stream, chosenFormat == null ? Format.SSE : chosenFormat, response);
        } finally {
            streams.left(stream);
            stream.goAway();
        }
    }

    private long after(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(lastEventId);
        } catch (NumberFormatException e) {
            throw Problem.badHeader(LAST_EVENT_ID, lastEventId + " is not the id of an event of this stream");
        }
    }

    /** The thread of the request stays in here; it is a virtual one. */
    private void write(TrafficStream stream, Format format, HttpServletResponse response)
            throws IOException, InterruptedException {
        response.setContentType(format.mediaType);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies that gather answers before passing them on are asked not to.
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8));
        try {
            stream.run(format == Format.SSE ? new ServerSentEvents(out, mapper) : new NdJson(out, mapper));
        } catch (IOException e) {
            log.debug("a reader of the stream left: {}", e.toString());
        }
    }
}
