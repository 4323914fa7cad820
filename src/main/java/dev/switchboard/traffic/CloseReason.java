package dev.switchboard.traffic;

import java.util.Locale;

/** Why a connection ended. Each connection ends exactly once, for exactly one of these. */
public enum CloseReason {
    PEER_CLOSED,
    PEER_RESET,
    LOCAL_CLOSE,
    LOCAL_RESET,
    IDLE,
    FRAMING_ERROR,
    ENDPOINT_STOPPED,
    SHUTDOWN,
    IO_ERROR;

    /** The word the API uses, such as {@code peer-closed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
