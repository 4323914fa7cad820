package dev.switchboard.traffic;

/**
 * What identifies a TCP connection, or a UDP peer on one endpoint, and never changes while it lasts. One object a
 * connection, shared by all that was captured on it.
 *
 * @param id opaque, unique over restarts
 * @param endpoint name of the endpoint it belongs to
 * @param local our address, {@code host:port}, IPv6 as {@code [::1]:9001}
 * @param remote the peer's address, in the same form
 * @param openedAt nanoseconds since the Unix epoch
 */
public record ConnectionKey(
        String id, String endpoint, Transport transport, Role role, String local, String remote, long openedAt) {}
