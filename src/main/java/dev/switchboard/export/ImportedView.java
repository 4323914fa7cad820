package dev.switchboard.export;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Imported", description = "What came in, and what did not.")
record ImportedView(
        @Schema(
                description =
                        "Under which names: that of the import, or, of NDJSON, that and the endpoint's in the file.",
                example = "[\"lab\"]")
        List<String> endpoints,

        @Schema(
                allowableValues = {"pcap", "pcapng", "ndjson"},
                description = "What it was.")
        String format,

        @Schema(description = "How many messages.") long frames,

        @Schema(description = "How many bytes they and their framing had.")
        long bytes,

        @Schema(description = "TCP connections and UDP peers.")
        long connections,

        @Schema(description = "Time of the first; null if nothing came in.", example = "2026-08-01T12:00:00.000042Z")
        @Nullable
        String from,

        @Schema(description = "Time of the last; null if nothing came in.", example = "2026-08-01T12:05:00.000042Z")
        @Nullable
        String to,

        @Schema(description = "Packets of a capture of which nothing came in; the warnings say why.")
        long skippedPackets,

        @Schema(description = "Holes in TCP streams, or frames that were not recorded at the source.")
        long gaps,

        @Schema(description = "Bytes of TCP streams that are not in the capture.")
        long lostBytes,

        @Schema(description = "A sentence for everything that is not as it was.")
        List<String> warnings) {}
