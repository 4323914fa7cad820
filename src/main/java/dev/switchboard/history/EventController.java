package dev.switchboard.history;

import dev.switchboard.traffic.EventView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Events", description = "The lives of sockets: which call was made when, and how it went.")
class EventController {

    private static final List<String> PARAMETERS =
            List.of("endpoint", "connection", "since", "until", "limit", "before");

    private final History history;

    EventController(History history) {
        this.history = history;
    }

    @Schema(name = "EventPage")
    record EventsView(
            List<EventView> items,

            @Schema(description = "To be passed as `before` for the next page; null at the end.") @Nullable
            String next) {}

    @GetMapping("/api/events")
    @Operation(operationId = "findEvents", summary = "Find life-cycle events, newest first", description = """
                    Each is a step in the life of an endpoint's socket or of a connection, with the socket call it \
                    stands for and what came of it. Ids and times are in one order with those of messages. A parameter \
                    that is unknown, empty or given twice is an error.""")
    @ApiResponse(responseCode = "200", description = "A page of events")
    EventsView events(EventQuery query, PageQuery page, HttpServletRequest request) {
        StrictParameters.check(request, PARAMETERS);
        EventPage found = history.events(query.filter(), page.bound(), page.size());
        return new EventsView(
                found.items().stream().map(EventView::of).toList(),
                found.next().isPresent() ? Long.toString(found.next().getAsLong()) : null);
    }
}
