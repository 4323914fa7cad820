package dev.switchboard.endpoint;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import dev.switchboard.framing.FramingDefinition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as people write it: in a request, in configuration, in the file of endpoints that were made. What is
 * missing is null; {@link EndpointSpecs} turns it into an {@link EndpointSpec} or says what is wrong with it.
 */
@Schema(
        name = "EndpointDefinition",
        description = "A socket that Switchboard is to hold. Only the fields that fit the type may be given.")
record EndpointDefinition(
        @Schema(
                example = "meter",
                description = "Lower-case letters, digits and dashes, at most 63; unique; must be given to make one")
        @Nullable
        String name,

        @Schema(
                allowableValues = {"tcp-server", "tcp-client", "udp"},
                description = "A listener, a caller, or a datagram socket",
                requiredMode = REQUIRED)
        @Nullable
        String type,

        @Schema(
                example = "127.0.0.1:9001",
                description = "Our own address, host:port. Port 0 means any free one; the answer says which")
        @Nullable
        String bind,

        @Schema(
                example = "127.0.0.1:7001",
                description = "tcp-client: where to connect. udp: where messages without `to` go")
        @Nullable
        String remote,

        @Schema(description = "How the stream is cut into frames, each way. TCP only; raw if it is left out") @Nullable
        FramingDefinition framing,

        @Schema(
                description = "Payload bytes a frame may have, 1 to 16777216; 1048576 if it is left out. A longer"
                        + " one ends its connection. TCP only")
        @Nullable
        Integer maxFrameBytes,

        @Schema(
                allowableValues = {"pause-reading", "drop-newest", "close"},
                description = "What to do when more waits to be sent on a connection than may, since its peer does"
                        + " not read; pause-reading if it is left out. TCP only")
        @Nullable
        String whenFull,

        @Schema(description = "Whether it starts now and with the process; true if it is left out") @Nullable
        Boolean autoStart,

        @Schema(
                allowableValues = {"none", "echo"},
                description = "What to do with a frame that comes in; none if it is left out")
        @Nullable
        String onReceive,

        @Schema(description = "tcp-client: connect again when the peer is lost; true if it is left out") @Nullable
        Boolean reconnect,

        @Schema(description = "A sentence for whoever reads the list, at most 500 characters") @Nullable
        String description,

        @Schema(hidden = true) @Nullable Object tls,
        @Schema(hidden = true) @Nullable Map<String, Object> multicast,
        @Schema(hidden = true) @Nullable Boolean broadcast,
        @Schema(hidden = true) @Nullable Map<String, Object> socketOptions) {

    static final int DEFAULT_MAX_FRAME_BYTES = 1 << 20;

    EndpointDefinition withName(String other) {
        return new EndpointDefinition(
                other,
                type,
                bind,
                remote,
                framing,
                maxFrameBytes,
                whenFull,
                autoStart,
                onReceive,
                reconnect,
                description,
                tls,
                multicast,
                broadcast,
                socketOptions);
    }

    /** The definition of a spec, with every field that its type has. */
    static EndpointDefinition of(EndpointSpec spec) {
        return switch (spec) {
            case EndpointSpec.TcpServer server ->
                of(
                        server,
                        server.bind().toString(),
                        null,
                        FramingDefinition.of(server.framing()),
                        server.maxFrameBytes(),
                        server.whenFull(),
                        null);
            case EndpointSpec.TcpClient client ->
                of(
                        client,
                        text(client.bind()),
                        client.remote().toString(),
                        FramingDefinition.of(client.framing()),
                        client.maxFrameBytes(),
                        client.whenFull(),
                        client.reconnect());
            case EndpointSpec.Udp udp -> of(udp, udp.bind().toString(), text(udp.remote()), null, null, null, null);
        };
    }

    private static EndpointDefinition of(
            EndpointSpec spec,
            @Nullable String bind,
            @Nullable String remote,
            @Nullable FramingDefinition framing,
            @Nullable Integer maxFrameBytes,
            @Nullable WhenFull whenFull,
            @Nullable Boolean reconnect) {
        return new EndpointDefinition(
                spec.name(),
                spec.type(),
                bind,
                remote,
                framing,
                maxFrameBytes,
                whenFull == null ? null : whenFull.word(),
                spec.autoStart(),
                spec.onReceive().word(),
                reconnect,
                spec.description(),
                null,
                null,
                null,
                null);
    }

    private static @Nullable String text(@Nullable Address address) {
        return address == null ? null : address.toString();
    }
}
