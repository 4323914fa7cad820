package dev.switchboard.history;

import dev.switchboard.traffic.UtcMicros;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "History", description = "How much is remembered, and whether recording goes on.")
class HistoryController {

    private static final String MEMORY = "memory";

    private final History history;
    private final HistoryProperties properties;

    HistoryController(History history, HistoryProperties properties) {
        this.history = history;
        this.properties = properties;
    }

    @Schema(name = "History")
    record HistoryView(
            @Schema(
                    allowableValues = {MEMORY, "disk"},
                    description = "Where traffic is kept.")
            String store,

            @Schema(description = "False during an outage.") boolean recording,

            @Schema(description = "What keeps traffic from being recorded; null as a rule.") @Nullable
            OutageView outage,

            @Schema(description = "How the run before ended, where that is worth a sentence.") @Nullable
            String lastRun,

            @Schema(description = "How many frames are kept.")
            long frames,

            @Schema(description = "What keeping them takes, of heap or of disk.")
            long bytes,

            @Schema(description = "What it may take; the oldest goes first.")
            long maxBytes,

            @Schema(description = "How long anything is kept.", example = "7d")
            String maxAge,

            @Schema(description = "Time of the oldest event kept; null when there is none.") @Nullable
            String oldest,

            @Schema(description = "Time of the newest event kept; null when there is none.") @Nullable
            String newest) {}

    @Schema(name = "Outage", description = "Sockets go on; what crosses them is not recorded.")
    record OutageView(
            String since,
            @Schema(description = "Why, in a sentence.") String reason,
            @Schema(description = "How many frames so far.") long framesLost) {

        static OutageView of(HistoryStatus.Outage outage) {
            return new OutageView(UtcMicros.format(outage.since()), outage.reason(), outage.framesLost());
        }
    }

    @GetMapping("/api/history")
    @Operation(
            operationId = "getHistory",
            summary = "How history is",
            description = "How much is kept, within which bounds, and whether traffic is being recorded.")
    @ApiResponse(responseCode = "200", description = "Its state now")
    HistoryView history(HttpServletRequest request) {
        StrictParameters.check(request, List.of());
        HistoryStatus status = history.status();
        HistoryBounds bounds = history.bounds();
        return new HistoryView(
                status.kind(),
                status.outage().isEmpty(),
                status.outage().map(OutageView::of).orElse(null),
                status.lastRun().orElse(null),
                bounds.frames(),
                bounds.bytes(),
                status.kind().equals(MEMORY)
                        ? properties.memoryBytes()
                        : properties.maxBytes().toBytes(),
                text(properties.maxAge()),
                TimeParameter.format(bounds.oldestAt()),
                TimeParameter.format(bounds.newestAt()));
    }

    /** In the largest unit that says it without a fraction. */
    private static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        return minutes % (24 * 60) == 0 ? minutes / (24 * 60) + "d" : minutes / 60 + "h";
    }
}
