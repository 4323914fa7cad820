package dev.switchboard.traffic;

/** The telephone call (TCP: connected, in order, reliable) or the postcard (UDP: no connection, no promise). */
public enum Transport {
    TCP,
    UDP;

    /** The word the API uses: {@code tcp} or {@code udp}. */
    public String word() {
        return this == TCP ? "tcp" : "udp";
    }
}
