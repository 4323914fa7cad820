package dev.switchboard.history;

import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a stretch of the log.
 *
 * @param wanted whether the search that reads the stretch means it
 * @param inbound its sequence numbers where the stretch begins, as are {@code outbound}
 * @param mirror whether it is kept without packets
 */
record LogPeer(ConnectionKey key, boolean wanted, int inbound, int outbound, boolean mirror) {

    /** One of which what was said is damaged. */
    static final LogPeer LOST =
            new LogPeer(new ConnectionKey("", "", Transport.TCP, Role.ACCEPTED, "", "", 0), false, 0, 0, false);

    private static final Transport[] TRANSPORTS = Transport.values();
    private static final Role[] ROLES = Role.values();

    /** Reads what follows its number. */
    static LogPeer read(BodyReader body, @Nullable MessageFilter filter) {
        String id = body.text();
        String endpoint = body.text();
        ConnectionKey key = new ConnectionKey(
                id, endpoint, TRANSPORTS[body.octet()], ROLES[body.octet()], body.text(), body.text(), body.number());
        boolean wanted = filter == null
                || ((filter.endpoint() == null || filter.endpoint().equals(endpoint))
                        && (filter.connection() == null || filter.connection().equals(id)));
        return new LogPeer(key, wanted, (int) body.number(), (int) body.number(), body.octet() == 1);
    }

    boolean lost() {
        return equals(LOST);
    }
}
