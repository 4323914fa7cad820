package dev.switchboard.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.FilterQuery;
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
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Messages")
class ExportController {

    private static final Logger log = LoggerFactory.getLogger(ExportController.class);

    /** Each holds a step of history, some megabytes. */
    private static final int MAX_EXPORTS = 16;

    private static final int BUFFER = 1 << 16;
    private static final String PCAPNG_VALUE = "application/x-pcapng";
    private static final String CSV_VALUE = "text/csv;header=present;charset=UTF-8";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Capture capture;
    private final History history;
    private final JsonMapper mapper;
    private final Semaphore room = new Semaphore(MAX_EXPORTS);

    ExportController(Capture capture, History history, JsonMapper mapper) {
        this.capture = capture;
        this.history = history;
        this.mapper = mapper;
    }

    /** What an export may be written as. */
    private enum Format {
        PCAPNG("pcapng", PCAPNG_VALUE),
        NDJSON("ndjson", MediaType.APPLICATION_NDJSON_VALUE),
        CSV("csv", CSV_VALUE);

        private final String word;
        private final String mediaType;

        Format(String word, String mediaType) {
            this.word = word;
            this.mediaType = mediaType;
        }
    }

    @GetMapping("/api/messages/export")
    @Operation(operationId = "exportMessages", summary = "Carry messages away, oldest first", description = """
                    A file of all messages that meet all conditions and were captured before this call, in one of three \
                    formats. What was not recorded stands in its place, as a gap.

                    - `pcapng` is a capture that Wireshark, tshark and tcpdump read: a packet for each read, write or \
                    datagram, an interface for each endpoint, the handshakes and ends of connections drawn from their \
                    lives. With `origin`, `contains` or `containsHex` it holds the packets in which a message that is \
                    meant ends, and readers see that others are missing between them.
                    - `ndjson` has the lines of `GET /api/stream?format=ndjson`; a gap says \
                    `{"event":"gap","id","at","endpoint","skipped"}`.
                    - `csv` has a header and a row for each message; in `event` it says `message`, or `gap` for frames \
                    that were not recorded, `missed` of them. A cell that a spreadsheet would take for a formula (it \
                    begins with `=`, `+`, `-`, `@`, a tab or a carriage return), or that begins with an apostrophe, has \
                    an apostrophe more in front.

                    `pcapng` and `ndjson` tell of the lives of sockets, too, unless `direction`, `origin`, `contains` or \
                    `containsHex` is given. `encoding` is for `ndjson` and `csv`.""")
    @ApiResponse(
            responseCode = "200",
            description = "The file, as an attachment",
            content = {
                @Content(mediaType = PCAPNG_VALUE, schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "429", description = "As many exports are under way as there may be.")
    void export(
            @Parameter(
                            description = "What to write.",
                            required = true,
                            schema = @Schema(allowableValues = {"pcapng", "ndjson", "csv"}))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            FilterQuery query,
            @Parameter(
                            description = "How payloads are written; `escaped` can show every byte.",
                            schema =
                                    @Schema(
                                            allowableValues = {"text", "escaped", "hex", "base64"},
                                            defaultValue = "escaped"))
                    @RequestParam(required = false)
                    @Nullable
                    String encoding,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StrictParameters.check(request, FilterQuery.namesAnd("format", "encoding"));
        Format chosen = StrictParameters.oneOf("format", format, Format.values(), choice -> choice.word);
        if (chosen == null) {
            throw Problem.badParameter("format", "is missing; choose one of pcapng, ndjson, csv");
        }
        PayloadEncoding payloads =
                StrictParameters.oneOf("encoding", encoding, PayloadEncoding.values(), PayloadEncoding::word);
        if (payloads != null && chosen == Format.PCAPNG) {
            throw Problem.badParameter("encoding", "is not for pcapng, which holds bytes as they are; leave it out");
        }
        MessageFilter filter = query.filter();
        if (!room.tryAcquire()) {
            throw Problem.tooManyExports(MAX_EXPORTS);
        }
        try {
            Export export = new Export(history, filter, capture.latest());
            answer(response, chosen, name(filter, chosen));
            write(export, chosen, payloads == null ? PayloadEncoding.ESCAPED : payloads, response);
        } finally {
            room.release();
        }
    }

    private static void answer(HttpServletResponse response, Format format, String name) {
        response.setContentType(format.mediaType);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }

    /** Such as {@code switchboard-meter-20260801T120000Z.csv}. */
    private static String name(MessageFilter filter, Format format) {
        String whose = filter.connection() != null ? filter.connection() : filter.endpoint();
        String of = whose == null ? "" : whose.replaceAll("[^A-Za-z0-9_-]", "_") + "-";
        return "switchboard-" + of + STAMP.format(Instant.now()) + "." + format.word;
    }

    /** The thread of the request stays in here; it is a virtual one. */
    private void write(Export export, Format format, PayloadEncoding encoding, HttpServletResponse response) {
        try {
            OutputStream bytes = response.getOutputStream();
            Writer text = new BufferedWriter(new OutputStreamWriter(bytes, UTF_8), BUFFER);
            export.run(
                    switch (format) {
                        case PCAPNG -> new PcapngExport(bytes);
                        case NDJSON -> new NdJsonExport(text, mapper, encoding);
                        case CSV -> new CsvExport(text, encoding);
                    });
        } catch (IOException e) {
            log.debug("who asked for an export left: {}", e.toString());
        }
    }
}
