package dev.switchboard.history;

import dev.switchboard.pcapng.Conversation;
import dev.switchboard.pcapng.SocketAddress;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The packets' side of connections: where each of them is in its sequence numbers. Outlives files, as connections do.
 *
 * <p>When both ends of a connection are ours, each of them is seen to send and to receive. A capture of the wire would
 * show those bytes once. So the packets of the end that came first are drawn, and the other one is a <em>mirror</em>,
 * which is kept without packets.
 *
 * <p>Used by one thread.
 */
final class Conversations {

    /** Connections that never end, or whose end was not told, must not pile up; who was silent longest begins anew. */
    private static final int MAX = 1 << 17;

    /** The one that was silent longest comes first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Ends, String> drawn = new HashMap<>();

    private record Ends(Transport transport, String from, String to) {}

    record Entry(ConnectionKey connection, Conversation packets, boolean mirror) {}

    Entry of(ConnectionKey connection) {
        Entry entry = entries.get(connection.id());
        if (entry == null) {
            entry = begin(connection);
            entries.put(connection.id(), entry);
            if (entries.size() > MAX) {
                ended(entries.values().iterator().next().connection());
            }
        }
        return entry;
    }

    /** Goes on with a connection as it was written before: drawn or a mirror, whichever of both ends comes first. */
    Conversation resume(ConnectionKey connection, boolean mirror) {
        Entry known = entries.get(connection.id());
        if (known != null && known.mirror == mirror) {
            return known.packets;
        }
        Entry entry = new Entry(connection, packets(connection), mirror);
        entries.put(connection.id(), entry);
        if (!mirror) {
            drawn.put(ends(connection), connection.id());
        }
        return entry.packets;
    }

    private Entry begin(ConnectionKey connection) {
        boolean mirror = drawn.containsKey(new Ends(connection.transport(), connection.remote(), connection.local()));
        if (!mirror) {
            drawn.put(ends(connection), connection.id());
        }
        return new Entry(connection, packets(connection), mirror);
    }

    private static Conversation packets(ConnectionKey connection) {
        SocketAddress local = SocketAddress.parse(connection.local());
        SocketAddress remote = SocketAddress.parse(connection.remote());
        return connection.transport() == Transport.TCP
                ? Conversation.tcp(local, remote, connection.role() == Role.CONNECTED, connection.openedAt())
                : Conversation.udp(local, remote);
    }

    private static Ends ends(ConnectionKey connection) {
        return new Ends(connection.transport(), connection.local(), connection.remote());
    }

    void ended(ConnectionKey connection) {
        entries.remove(connection.id());
        drawn.remove(ends(connection), connection.id());
    }
}
