package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

/** One remote address seen on a datagram socket, by its sending to us or our sending to it. */
final class DatagramPeer implements OpenConnection {

    private final ConnectionKey key;
    private final long sequence;
    private final InetSocketAddress address;
    private final Optional<String> refusal;
    private final UdpSocket socket;
    private final Tally tally;
    private final MessageHeaders headers;
    private volatile @Nullable Connection last;

    /** @param refusal why nothing may be sent there; who sends to us need not be one we may send to */
    DatagramPeer(
            ConnectionKey key,
            long sequence,
            InetSocketAddress address,
            Optional<String> refusal,
            UdpSocket socket,
            Tally tally) {
        this.key = key;
        this.sequence = sequence;
        this.address = address;
        this.refusal = refusal;
        this.socket = socket;
        this.tally = tally;
        this.headers = SharedHeaders.of(key);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Why nothing may be sent there; empty as a rule. */
    Optional<String> refusal() {
        return refusal;
    }

    UdpSocket socket() {
        return socket;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public ConnectionKey key() {
        return key;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public MessageHeaders headers() {
        return headers;
    }

    @Override
    public Connection known() {
        Connection end = last;
        return end != null ? end : Connection.open(key, sequence, Connection.State.OPEN, tally);
    }

    @Override
    public long waiting() {
        return 0;
    }

    void ended(long at, CloseReason reason) {
        last = Connection.closed(key, sequence, at, reason, null, tally);
    }

    @Override
    public void holdReading() {}

    @Override
    public void releaseReading() {}

    /** Forgets the peer; nothing crosses the wire. */
    @Override
    public CompletableFuture<Void> close(CloseReason reason) {
        return socket.forget(this, reason);
    }

    @Override
    public CompletableFuture<Void> reset() {
        throw new UnsupportedOperationException("UDP has no connection to reset");
    }

    @Override
    public CompletableFuture<Void> halfClose() {
        throw new UnsupportedOperationException("UDP has no sides to close");
    }
}
