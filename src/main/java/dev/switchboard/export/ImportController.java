package dev.switchboard.export;

import dev.switchboard.framing.BadFramingException;
import dev.switchboard.framing.Framing;
import dev.switchboard.framing.FramingDefinition;
import dev.switchboard.history.ImportTooLargeException;
import dev.switchboard.history.StrictParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Messages")
class ImportController {

    private static final List<String> PARAMETERS = List.of("name", "framing", "delimiter", "bytes", "size", "format");

    private final Importer importer;

    ImportController(Importer importer) {
        this.importer = importer;
    }

    @PostMapping("/api/messages/import")
    @Operation(operationId = "importMessages", summary = "Take in a capture from elsewhere", description = """
                    The body is the file: a pcap or pcapng (of tcpdump, Wireshark, Switchboard), or NDJSON of this API, \
                    also in gzip; what it is its first bytes say. `curl --data-binary @capture.pcapng` will do, with any \
                    media type. It becomes history like other history, older than all that was captured: it is found, \
                    shown and exported in the same way, it does not grow old, and \
                    `DELETE /api/messages?endpoint=lab` forgets it.

                    Of a capture TCP streams are put in order and cut by `framing`, and UDP datagrams taken as they are; \
                    all of it appears under one endpoint, `name`. The side that was called is the local one, so what the \
                    caller sent comes `in`; who made what goes `out` can't be known, and it is shown as `operator`'s. \
                    What is not in the capture is a gap and never made up. Of NDJSON each endpoint appears with `name-` \
                    ahead, and messages without the bytes that framing stood around them.

                    Everything that is not as it was is said in `warnings`. A file that is damaged further on is taken \
                    in up to there. All imports together may take half of `switchboard.history.max-bytes`.""")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary")),
                @Content(
                        mediaType = "application/vnd.tcpdump.pcap",
                        schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "200", description = "What came in, and what did not")
    @ApiResponse(responseCode = "409", description = "There is an endpoint or traffic of that name.")
    @ApiResponse(responseCode = "413", description = "There is no room for so much, or for so many.")
    @ApiResponse(responseCode = "503", description = "History can't be written at present.")
    ImportedView importMessages(
            @Parameter(
                            description =
                                    "Under which endpoint it appears; `import-1`, `import-2` and so on, another for each, if left out.")
                    @RequestParam(required = false)
                    @Nullable
                    String name,
            @Parameter(
                            description = "How TCP streams of a capture are cut; with `raw` each segment is a frame.",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "raw",
                                                "lf",
                                                "crlf",
                                                "nul",
                                                "delimiter",
                                                "stx-etx",
                                                "length",
                                                "fixed",
                                                "json"
                                            },
                                            defaultValue = "raw"))
                    @RequestParam(required = false)
                    @Nullable
                    String framing,
            @Parameter(description = "Only with `framing=delimiter`: the bytes that end a frame, in escaped form.")
                    @RequestParam(required = false)
                    @Nullable
                    String delimiter,
            @Parameter(description = "Only with `framing=length`: how many bytes the length has, 1, 2 or 4.")
                    @RequestParam(required = false)
                    @Nullable
                    Integer bytes,
            @Parameter(description = "Only with `framing=fixed`: how many bytes each frame has.")
                    @RequestParam(required = false)
                    @Nullable
                    Integer size,
            @Parameter(
                            description = "What the file must be, if it shall be nothing else.",
                            schema = @Schema(allowableValues = {"pcap", "pcapng", "ndjson"}))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            HttpServletRequest request)
            throws IOException {
        StrictParameters.check(request, PARAMETERS);
        Importer.Format expected =
                StrictParameters.oneOf("format", format, Importer.Format.values(), Importer.Format::word);
        if (name != null && !ImportNames.isEndpoint(name)) {
            throw Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "name",
                    name + " is no name: a-z, 0-9 and -, beginning with a letter or digit, at most 63 of them");
        }
        Framing chosen = framing(framing, delimiter, bytes, size);
        if (request.getContentLengthLong() > importer.mostBytes()) {
            throw tooLarge();
        }
        try {
            return importer.take(name, chosen, expected, request.getInputStream());
        } catch (UnreadableImportException e) {
            throw Problem.of(HttpStatus.BAD_REQUEST, null, e.getMessage());
        } catch (TakenNameException e) {
            throw Problem.of(HttpStatus.CONFLICT, "name", e.getMessage());
        } catch (ImportTooLargeException e) {
            throw Problem.of(HttpStatus.CONTENT_TOO_LARGE, null, e.getMessage());
        } catch (BoundedInput.OverException e) {
            throw tooLarge();
        }
    }

    private org.springframework.web.ErrorResponseException tooLarge() {
        return Problem.of(
                HttpStatus.CONTENT_TOO_LARGE,
                null,
                "the file is larger than " + importer.mostBytes()
                        + " bytes: import it in parts (editcap -c cuts a capture),"
                        + " or raise switchboard.history.max-bytes");
    }

    private static Framing framing(
            @Nullable String type, @Nullable String delimiter, @Nullable Integer bytes, @Nullable Integer size) {
        try {
            Framing framing = new FramingDefinition(type == null ? "raw" : type, delimiter, bytes, size).framing();
            // Tells of a size that no frame can have.
            framing.decoder(ImportedStream.MAX_FRAME_BYTES);
            return framing;
        } catch (BadFramingException e) {
            throw Problem.of(HttpStatus.BAD_REQUEST, e.field().equals("type") ? "framing" : e.field(), e.getMessage());
        }
    }
}
