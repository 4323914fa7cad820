package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The peers of one datagram socket, by address. UDP has no connections, and anyone may send from any address, so there
 * is a bound: the peer that was silent longest is forgotten first (it closes as {@code idle}). Used on the loop alone.
 */
final class DatagramPeers {

    private final String endpoint;
    private final Engine engine;
    private final Counters counters;
    private final String local;
    private final int most;
    private final Map<InetSocketAddress, DatagramPeer> peers = new LinkedHashMap<>(16, 0.75f, true);
    private final UdpSocket socket;

    DatagramPeers(UdpSocket socket, String endpoint, Engine engine, Counters counters, String local, int most) {
        this.socket = socket;
        this.endpoint = endpoint;
        this.engine = engine;
        this.counters = counters;
        this.local = local;
        this.most = most;
    }

    DatagramPeer at(InetSocketAddress address) {
        DatagramPeer known = peers.get(address);
        if (known != null) {
            return known;
        }
        if (peers.size() == most) {
            Iterator<DatagramPeer> silentLongest = peers.values().iterator();
            DatagramPeer forgotten = silentLongest.next();
            silentLongest.remove();
            closed(forgotten, CloseReason.IDLE);
        }
        long number = engine.registry().nextSequence();
        ConnectionKey key = new ConnectionKey(
                engine.registry().id(number),
                endpoint,
                Transport.UDP,
                Role.PEER,
                local,
                Address.text(address),
                engine.capture().now());
        DatagramPeer peer = new DatagramPeer(
                key, number, address, engine.egress().refusal(address), socket, new Tally(counters, key.openedAt()));
        peers.put(address, peer);
        counters.opened();
        engine.registry().opened(peer);
        return peer;
    }

    void forget(DatagramPeer peer, CloseReason reason) {
        if (peers.remove(peer.address(), peer)) {
            closed(peer, reason);
        }
    }

    void forgetAll(CloseReason reason) {
        peers.values().forEach(peer -> closed(peer, reason));
        peers.clear();
    }

    private void closed(DatagramPeer peer, CloseReason reason) {
        counters.closed(reason);
        peer.ended(engine.capture().now(), reason);
        engine.registry().closed(peer);
    }
}
