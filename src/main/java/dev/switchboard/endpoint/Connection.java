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

    static Connection open(ConnectionKey key, long sequence, State state, Tally tally) {
        return of(key, sequence, state, 0, null, null, tally);
    }

    static Connection closed(
            ConnectionKey key, long sequence, long at, CloseReason reason, @Nullable String detail, Tally tally) {
        return of(key, sequence, State.CLOSED, at, reason, detail, tally);
    }

    private static Connection of(
            ConnectionKey key,
            long sequence,
            State state,
            long closedAt,
            @Nullable CloseReason reason,
            @Nullable String detail,
            Tally tally) {
        return new Connection(
                key,
                sequence,
                state,
                closedAt,
                reason,
                detail,
                tally.lastActivityAt(),
                tally.framesIn(),
                tally.framesOut(),
                tally.bytesIn(),
                tally.bytesOut());
    }

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
