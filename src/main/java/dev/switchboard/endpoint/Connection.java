package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection at one moment: never the socket.
 *
 * @param sequence counts connections since the process started; sorts them by their opening
 * @param closedAt nanoseconds since the Unix epoch, 0 while it is open
 * @param closeReason null while it is open
 * @param closeDetail more about the reason, in words; null when the reason says it all
 * @param lastActivityAt nanoseconds since the Unix epoch
 */
public record Connection(
        ConnectionKey key,
        long sequence,
        State state,
        long closedAt,
        @Nullable CloseReason closeReason,
        @Nullable String closeDetail,
        long lastActivityAt,
        long framesIn,
        long framesOut,
        long bytesIn,
        long bytesOut) {

    /** Half-closed: one side has sent its FIN and sends no more, the other still may. */
    public enum State {
        OPEN,
        HALF_CLOSED,
        CLOSED;

        /** The word the API uses, such as {@code half-closed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
