package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.UtcMicros;
import org.jspecify.annotations.Nullable;

/** A connection in the words of the API. {@code tls}, {@code socketOptions} and {@code kernel} are not known yet. */
record ConnectionView(
        String id,
        String endpoint,
        String transport,
        String role,
        String state,
        String local,
        String remote,
        String openedAt,
        @Nullable String closedAt,
        @Nullable String closeReason,
        @Nullable String closeDetail,
        String lastActivityAt,
        long framesIn,
        long framesOut,
        long bytesIn,
        long bytesOut,
        @Nullable Object tls,
        @Nullable Object socketOptions,
        @Nullable Object kernel) {

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
