package dev.switchboard.traffic;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a socket: which call was made, and how it went.
 *
 * @param endpoint name of the endpoint
 * @param connection null for what belongs to the endpoint itself
 * @param call the socket call it stands for; null when none was made (a peer's FIN, a frame that could not be cut)
 * @param detail arguments and result in words a person can read
 * @param reason why the connection ended; only with {@code CLOSED} and {@code RESET}
 * @param took nanoseconds from before the call to after it; {@link #UNTIMED} where that was not measured
 */
public record LifeCycle(
        long id,
        long at,
        String endpoint,
        @Nullable ConnectionKey connection,
        Kind kind,
        @Nullable Call call,
        String detail,
        @Nullable CloseReason reason,
        long took)
        implements TrafficEvent {

    /** How long the call took was not measured. */
    public static final long UNTIMED = -1;

    /** A step of which it is not known how long the call took. */
    public LifeCycle(
            long id,
            long at,
            String endpoint,
            @Nullable ConnectionKey connection,
            Kind kind,
            @Nullable Call call,
            String detail,
            @Nullable CloseReason reason) {
        this(id, at, endpoint, connection, kind, call, detail, reason, UNTIMED);
    }

    /** What happened. */
    public enum Kind {
        CREATED,
        BOUND,
        LISTENING,
        CONNECTING,
        CONNECTED,
        ACCEPTED,
        PEER_HALF_CLOSED,
        HALF_CLOSED,
        CLOSED,
        RESET,
        FAILED,
        FRAMING_ERROR,
        STOPPED;

        /** The word the API uses, such as {@code peer-half-closed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether this is the end of a connection. */
        public boolean end() {
            return this == CLOSED || this == RESET;
        }
    }

    /** The socket call of POSIX it stands for. */
    public enum Call {
        SOCKET,
        BIND,
        LISTEN,
        ACCEPT,
        CONNECT,
        SHUTDOWN,
        CLOSE;

        /** The call's name, such as {@code socket}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
