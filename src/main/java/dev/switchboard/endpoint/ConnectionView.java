package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.UtcMicros;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connection in the words of the API. {@code tls}, {@code socketOptions} and {@code kernel} are not known yet. */
@Schema(name = "Connection", description = "A TCP connection, or a UDP peer.")
record ConnectionView(
        @Schema(example = "mwsh8i8v-3", description = "Opaque, unique over restarts")
        String id,

        @Schema(description = "Name of the endpoint it belongs to")
        String endpoint,

        @Schema(allowableValues = {"tcp", "udp"}) String transport,

        @Schema(
                allowableValues = {"accepted", "connected", "peer"},
                description = "Accepted by our listener, connected by us, or (UDP) a peer seen on our socket")
        String role,

        @Schema(
                allowableValues = {"open", "half-closed", "closed"},
                description = "Half-closed: one side has sent its FIN, the other may still send")
        String state,

        @Schema(example = "127.0.0.1:9001") String local,

        @Schema(example = "127.0.0.1:50412") String remote,

        @Schema(example = "2026-08-01T12:00:00.000042Z") String openedAt,

        @Schema(description = "Null while it is open") @Nullable
        String closedAt,

        @Schema(
                allowableValues = {
                    "peer-closed",
                    "peer-reset",
                    "local-close",
                    "local-reset",
                    "idle",
                    "framing-error",
                    "endpoint-stopped",
                    "shutdown",
                    "io-error"
                },
                description = "Null while it is open")
        @Nullable
        String closeReason,

        @Schema(description = "More about the reason, in words; null when the reason says it all") @Nullable
        String closeDetail,

        @Schema(description = "When bytes last crossed it") String lastActivityAt,

        @Schema(description = "Frames that came in") long framesIn,
        @Schema(description = "Frames that went out") long framesOut,

        @Schema(description = "Bytes that came in, framing included")
        long bytesIn,

        @Schema(description = "Bytes that went out, framing included")
        long bytesOut,

        @Schema(description = "Always null for now") @Nullable
        Object tls,

        @Schema(description = "Always null for now") @Nullable
        Object socketOptions,

        @Schema(description = "Always null for now") @Nullable
        Object kernel) {

    static ConnectionView of(Connection known) {
        ConnectionKey key = known.key();
        CloseReason reason = known.closeReason();
        return new ConnectionView(
                key.id(),
                key.endpoint(),
                key.transport().word(),
                key.role().word(),
                known.state().word(),
                key.local(),
                key.remote(),
                UtcMicros.format(key.openedAt()),
                known.closedAt() == 0 ? null : UtcMicros.format(known.closedAt()),
                reason == null ? null : reason.word(),
                known.closeDetail(),
                UtcMicros.format(known.lastActivityAt()),
                known.framesIn(),
                known.framesOut(),
                known.bytesIn(),
                known.bytesOut(),
                null,
                null,
                null);
    }
}
