package dev.switchboard.history;

import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say which life-cycle events are meant. */
record EventQuery(
        @Parameter(description = "Name of an endpoint.") @Nullable
        String endpoint,

        @Parameter(description = "Id of a connection; leaves out what belongs to the endpoint itself.") @Nullable
        String connection,

        @Parameter(description = "Not before this time (RFC 3339 with an offset).", example = "2026-08-01T12:00:00Z")
        @Nullable
        String since,

        @Parameter(description = "Before this time (RFC 3339 with an offset).", example = "2026-08-01T13:00:00Z")
        @Nullable
        String until) {

    /** @throws org.springframework.web.ErrorResponseException (400) for what can't be understood */
    EventFilter filter() {
        return new EventFilter(
                endpoint,
                connection,
                TimeParameter.parse("since", since, Long.MIN_VALUE),
                TimeParameter.parse("until", until, Long.MAX_VALUE));
    }
}
