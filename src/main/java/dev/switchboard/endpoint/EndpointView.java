package dev.switchboard.endpoint;

import dev.switchboard.framing.FramingDefinition;
import dev.switchboard.traffic.UtcMicros;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An endpoint in the words of the API: its definition, and how it is now. */
@Schema(
        name = "Endpoint",
        description = "An endpoint's definition, and how it is now. Null is what its type has no use for.")
record EndpointView(
        @Schema(example = "meter") String name,

        @Schema(allowableValues = {"tcp-server", "tcp-client", "udp"})
        String type,

        @Schema(example = "127.0.0.1:0", description = "As it was given; `localAddress` says what came of port 0")
        @Nullable
        String bind,

        @Schema(description = "As it was given") @Nullable String remote,

        @Nullable FramingDefinition framing,

        @Schema(description = "Payload bytes a frame may have") @Nullable
        Integer maxFrameBytes,

        @Schema(description = "What happens when more waits to be sent on a connection than may") @Nullable
        String whenFull,

        @Schema(description = "Whether it starts with the process")
        boolean autoStart,

        @Schema(allowableValues = {"none", "echo"}) String onReceive,

        @Schema(description = "tcp-client only") @Nullable Boolean reconnect,

        @Schema(description = "Always null for now") @Nullable
        Object tls,

        String description,

        @Schema(description = "Whether it comes from configuration, and so can't be changed or deleted here")
        boolean declared,

        @Schema(allowableValues = {"stopped", "starting", "listening", "connecting", "connected", "bound", "failed"})
        String state,

        @Schema(example = "127.0.0.1:43211", description = "What its socket is bound to; null while it has none")
        @Nullable
        String localAddress,

        @Schema(description = "Why it is not what it should be, as a sentence; null when all is well") @Nullable
        String failure,

        @Schema(example = "2026-08-01T12:00:00.000042Z", description = "Null while it is stopped") @Nullable
        String startedAt,

        EndpointStatus.Totals counters) {

    static EndpointView of(EndpointStatus status) {
        EndpointDefinition definition = EndpointDefinition.of(status.spec());
        EndpointSpec spec = status.spec();
        return new EndpointView(
                spec.name(),
                spec.type(),
                definition.bind(),
                definition.remote(),
                definition.framing(),
                definition.maxFrameBytes(),
                definition.whenFull(),
                spec.autoStart(),
                spec.onReceive().word(),
                definition.reconnect(),
                null,
                spec.description(),
                status.declared(),
                status.state().word(),
                status.localAddress(),
                status.failure(),
                status.startedAt() == 0 ? null : UtcMicros.format(status.startedAt()),
                status.totals());
    }
}
