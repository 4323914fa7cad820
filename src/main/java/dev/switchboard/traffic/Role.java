package dev.switchboard.traffic;

import java.util.Locale;

/** How a connection came about: accepted by our listener, connected by us, or (UDP) a peer seen on our socket. */
public enum Role {
    ACCEPTED,
    CONNECTED,
    PEER;

    /** The word the API uses, such as {@code accepted}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
