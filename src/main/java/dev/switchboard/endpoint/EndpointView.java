package dev.switchboard.endpoint;

import dev.switchboard.framing.FramingDefinition;
import dev.switchboard.traffic.UtcMicros;
import org.jspecify.annotations.Nullable;

/** An endpoint in the words of the API: its definition, and how it is now. */
record EndpointView(
        String name,
        String type,
        @Nullable String bind,
        @Nullable String remote,
        @Nullable FramingDefinition framing,
        @Nullable Integer maxFrameBytes,
        boolean autoStart,
        String onReceive,
        @Nullable Boolean reconnect,
        @Nullable Object tls,
        String description,
        boolean declared,
        String state,
        @Nullable String localAddress,
        @Nullable String failure,
        @Nullable String startedAt,
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
