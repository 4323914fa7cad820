package dev.switchboard.endpoint;

import dev.switchboard.traffic.CallTime;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.GenericMessage;

/**
 * A bound UDP socket and the peers seen on it. A datagram is received whole (the buffer holds the largest there can
 * be), in order, empty ones too, and sent as one or not at all.
 *
 * <p>Its state belongs to the loop for datagrams; {@link #send}, {@link #peer} and {@link #close} may be called by any
 * thread.
 */
final class UdpSocket implements Loop.Ready {

    private static final Logger log = LoggerFactory.getLogger(UdpSocket.class);

    /** The most an IPv4 datagram can carry: 65535 less the headers of IP and UDP (RFC 768, RFC 791). */
    static final int MAX_PAYLOAD = 65_507;

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int RECEIVES_A_TURN = 256;

    private final String endpoint;
    private final Engine engine;
    private final Counters counters;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final int receiveBuffer;
    private final DatagramInboundAdapter inbound;
    private final DatagramPeers peers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong toldOfRefusal = new AtomicLong(System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
    private final CallTime made;
    private final CallTime bound;
    private @Nullable SelectionKey selection;

    private record Waiting(DatagramPeer peer, Outgoing outgoing) {}

    private UdpSocket(
            String endpoint, Engine engine, Counters counters, DatagramChannel channel, CallTime made, CallTime bound)
            throws IOException {
        this.endpoint = endpoint;
        this.engine = engine;
        this.counters = counters;
        this.channel = channel;
        this.made = made;
        this.bound = bound;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.inbound = new DatagramInboundAdapter(this::listen);
        this.peers = new DatagramPeers(
                this,
                endpoint,
                engine,
                counters,
                Address.text(local),
                engine.properties().maxPeers());
    }

    /** @throws IOException when the address can't be had; nothing is left open then */
    static UdpSocket bind(String endpoint, Engine engine, Counters counters, InetSocketAddress address)
            throws IOException {
        long opening = System.nanoTime();
        DatagramChannel channel = DatagramChannel.open(Address.family(address));
        CallTime made = CallTime.since(opening);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            long binding = System.nanoTime();
            channel.bind(address);
            return new UdpSocket(endpoint, engine, counters, channel, made, CallTime.since(binding));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress local() {
        return local;
    }

    /** When its socket was made. */
    CallTime made() {
        return made;
    }

    /** When it was bound. */
    CallTime bound() {
        return bound;
    }

    /** What the kernel granted of the receive buffer we asked for, in bytes. */
    int receiveBuffer() {
        return receiveBuffer;
    }

    DatagramInboundAdapter inbound() {
        return inbound;
    }

    private void listen() {
        engine.datagrams().execute(() -> {
            try {
                selection = engine.datagrams().register(channel, SelectionKey.OP_READ, this);
            } catch (IOException e) {
                failed(e);
            }
        });
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (key.isWritable()) {
            sendWaiting();
        }
        if (key.isReadable()) {
            for (int i = 0; i < RECEIVES_A_TURN && receive(); i++) {
                // as long as there are any, within a turn
            }
        }
    }

    @Override
    public void failed(Exception reason) {
        counters.failed(ErrorKind.IO);
        log.warn("{}: receiving failed", endpoint, reason);
    }

    private boolean receive() throws IOException {
        ByteBuffer buffer = engine.datagrams().buffer();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        if (from == null) {
            return false;
        }
        byte[] payload = new byte[buffer.flip().remaining()];
        buffer.get(payload);
        DatagramPeer peer = peers.at(from);
        Capture.Datagram taken = engine.capture().datagram(peer.key(), Direction.IN, payload, Origin.PEER);
        count(taken);
        peer.tally().in(payload.length, 1, taken.chunk().at());
        inbound.received(new GenericMessage<>(taken.chunk().frame(0), peer.headers()));
        return true;
    }

    private void count(Capture.Datagram taken) {
        if (!taken.recorded()) {
            counters.captureGap.increment();
        }
    }

    /** The peer at that address, known from now on; empty when the socket is closed. */
    CompletableFuture<Optional<DatagramPeer>> peer(InetSocketAddress remote) {
        return CompletableFuture.supplyAsync(
                () -> channel.isOpen() ? Optional.of(peers.at(remote)) : Optional.empty(), engine.datagrams()::execute);
    }

    /** Sends one datagram; what goes wrong is told to the receipt. */
    void send(DatagramPeer peer, Outgoing outgoing) {
        if (peer.refusal().isPresent()) {
            refused(peer.refusal().get(), outgoing);
            return;
        }
        int size = outgoing.bytes();
        if (size > MAX_PAYLOAD) {
            outgoing.receipt()
                    .failed(RefusedException.tooLarge(
                            "payload",
                            "a datagram carries at most " + MAX_PAYLOAD + " bytes, this payload has " + size
                                    + ": split it into several messages"));
            return;
        }
        long before = accepted.getAndAdd(size + 1);
        if (before > engine.properties().maxQueued().toBytes()) {
            accepted.addAndGet(-size - 1);
            counters.sendsRefused.increment();
            outgoing.receipt().failed(new QueueFullException(peer.key().id(), before));
        } else if (engine.datagrams().inLoop()) {
            enqueue(new Waiting(peer, outgoing));
        } else {
            engine.datagrams().execute(() -> enqueue(new Waiting(peer, outgoing)));
        }
    }

    /** Told of once a second at the most: anyone may send from any address, and as fast as they like. */
    private void refused(String why, Outgoing outgoing) {
        counters.failed(ErrorKind.EGRESS);
        long now = System.nanoTime();
        long last = toldOfRefusal.get();
        if (now - last >= TimeUnit.SECONDS.toNanos(1) && toldOfRefusal.compareAndSet(last, now)) {
            engine.capture().endpoint(endpoint, LifeCycle.Kind.FAILED, null, "a datagram was not sent: " + why);
        }
        outgoing.receipt().failed(RefusedException.meaningless("to", why));
    }

    /** What waits to be sent, in bytes. */
    long waiting() {
        return accepted.get();
    }

    private void enqueue(Waiting one) {
        waiting.add(one);
        if (waiting.size() == 1) {
            sendWaiting();
        }
    }

    private void sendWaiting() {
        while (!waiting.isEmpty()) {
            Waiting one = waiting.element();
            if (!attempt(one)) {
                break;
            }
            waiting.remove();
            accepted.addAndGet(-one.outgoing.bytes() - 1);
        }
        SelectionKey current = selection;
        if (current != null && current.isValid()) {
            current.interestOps(
                    waiting.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /** Whether it is settled, for good or ill; if not, the kernel has no room for it now. */
    private boolean attempt(Waiting one) {
        byte[] payload = one.outgoing.payload();
        try {
            ByteBuffer buffer = engine.datagrams().buffer().put(payload).flip();
            if (channel.send(buffer, one.peer.address()) == 0 && payload.length > 0) {
                return false;
            }
        } catch (IOException | RuntimeException e) {
            counters.failed(ErrorKind.IO);
            one.outgoing.receipt().failed(e);
            return true;
        }
        Capture.Datagram taken =
                engine.capture().datagram(one.peer.key(), Direction.OUT, payload, one.outgoing.origin());
        count(taken);
        one.peer.tally().out(payload.length, 1, taken.chunk().at());
        one.outgoing.receipt().sent(taken.chunk().id(), payload.length);
        return true;
    }

    /** Gives up the socket; completes when the kernel has closed it. */
    CompletableFuture<Void> close(CloseReason reason) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        engine.datagrams().execute(() -> {
            try {
                channel.close();
            } catch (IOException e) {
                log.debug("{}: close failed", endpoint, e);
            }
            List<Waiting> unsent = new ArrayList<>(waiting);
            waiting.clear();
            unsent.forEach(one -> one.outgoing.receipt().failed(new IOException("the endpoint was stopped")));
            peers.forgetAll(reason);
            engine.datagrams().whenSettled(() -> gone.complete(null));
        });
        return gone;
    }

    /** Forgets one peer; it is known again when it sends. */
    CompletableFuture<Void> forget(DatagramPeer peer, CloseReason reason) {
        return engine.datagrams().run(() -> peers.forget(peer, reason));
    }
}
