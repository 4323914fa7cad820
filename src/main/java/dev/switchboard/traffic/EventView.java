package dev.switchboard.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A life-cycle event as JSON: the one way in which a {@link LifeCycle} is shown to the world. */
@Schema(name = "Event", description = "A step in the life of a socket.")
public record EventView(
        @Schema(description = "Opaque. Ids sort in the order of capture, with those of messages.")
        String id,

        @Schema(example = "2026-08-01T12:00:00.000042Z") String at,

        String endpoint,

        @Schema(description = "Null for what belongs to the endpoint itself.") @Nullable
        String connection,

        @Schema(
                allowableValues = {
                    "created",
                    "bound",
                    "listening",
                    "connecting",
                    "connected",
                    "accepted",
                    "peer-half-closed",
                    "half-closed",
                    "closed",
                    "reset",
                    "failed",
                    "framing-error",
                    "stopped"
                })
        String type,

        @Schema(
                allowableValues = {"socket", "bind", "listen", "accept", "connect", "shutdown", "close"},
                description = "The socket call it stands for; null where none was made, as for what the peer did.")
        @Nullable
        String call,

        @Schema(
                description = "Arguments and result, in words.",
                example = "bind(127.0.0.1:9001) failed: address already in use")
        String detail,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description = "Microseconds from before the call to after it; left out where that was not measured.",
                example = "112")
        @Nullable
        Long took) {

    /** Shows {@code event}. */
    public static EventView of(LifeCycle event) {
        return new EventView(
                Long.toString(event.id()),
                UtcMicros.format(event.at()),
                event.endpoint(),
                event.connection() == null ? null : event.connection().id(),
                event.kind().word(),
                event.call() == null ? null : event.call().word(),
                event.detail(),
                event.took() == LifeCycle.UNTIMED ? null : Math.round(event.took() / 1000.0));
    }
}
