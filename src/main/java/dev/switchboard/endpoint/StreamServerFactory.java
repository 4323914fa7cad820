package dev.switchboard.endpoint;

import dev.switchboard.traffic.CallTime;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;

/**
 * Listens, and accepts on the loop. Bound before it is given to Spring Integration, whose adapters start it: a port
 * that can't be had is known to the caller at once.
 *
 * <p>{@link #bind} is called once, by the thread that starts the endpoint; the rest happens on the loop.
 */
final class StreamServerFactory extends AbstractServerConnectionFactory implements Loop.Ready {

    private static final Logger log = LoggerFactory.getLogger(StreamServerFactory.class);

    /** Fairness: other sockets have their turn after as many accepts. */
    private static final int ACCEPTS_A_TURN = 64;

    private static final Duration PAUSE_WITHOUT_DESCRIPTORS = Duration.ofMillis(500);

    private final StreamContext context;
    private final Loops loops;
    /** Where it accepts. */
    private final Loops.Station station;

    private final Admission admission;
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final CallTime made;
    private final CallTime bound;
    private boolean starved;

    private StreamServerFactory(
            StreamContext context,
            Loops loops,
            Loops.Station station,
            Admission admission,
            ServerSocketChannel channel,
            InetSocketAddress local,
            CallTime made,
            CallTime bound) {
        super(local.getPort());
        this.context = context;
        this.loops = loops;
        this.station = station;
        this.admission = admission;
        this.channel = channel;
        this.local = local;
        this.made = made;
        this.bound = bound;
        setTaskExecutor(station.loop()::execute);
    }

    /**
     * Binds and listens; the JVM makes both calls in one.
     *
     * @throws IOException when the address can't be had; nothing is left open then
     */
    static StreamServerFactory bind(
            StreamContext context, Loops loops, InetSocketAddress address, ListenerLimits limits) throws IOException {
        Loops.Station station = loops.next();
        long opening = System.nanoTime();
        ServerSocketChannel channel = station.loop().kernel().openServerSocketChannel(Address.family(address));
        CallTime made = CallTime.since(opening);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            long binding = System.nanoTime();
            channel.bind(address, limits.backlog());
            CallTime bound = CallTime.since(binding);
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            Admission admission = new Admission(context, station.loop(), limits);
            return new StreamServerFactory(context, loops, station, admission, channel, local, made, bound);
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

    /** When it was bound, and with the same call made to listen. */
    CallTime bound() {
        return bound;
    }

    /** On the loop: begins to accept. */
    @Override
    public void run() {
        try {
            station.loop().register(channel, SelectionKey.OP_ACCEPT, this);
            setListening(true);
            publishServerListeningEvent(local.getPort());
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (int i = 0; i < ACCEPTS_A_TURN; i++) {
            SocketChannel accepted;
            long accepting = System.nanoTime();
            try {
                accepted = channel.accept();
            } catch (IOException e) {
                pause(key, e);
                return;
            }
            if (accepted == null) {
                starved = false;
                return;
            }
            admit(accepted, System.nanoTime() - accepting);
            Duration pause = admission.pause(accepting);
            if (pause != null) {
                acceptAgainAfter(pause, key);
                return;
            }
        }
    }

    private void admit(SocketChannel accepted, long took) {
        Optional<Admission.Refusal> refusal = admission.refusal(connections.size());
        if (refusal.isEmpty()) {
            open(accepted, took);
            return;
        }
        try {
            admission.refused(Address.text(accepted.getRemoteAddress()), refusal.get());
            // A close with a linger time of zero is a RST (socket(7), SO_LINGER).
            accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            log.debug("{}: was gone before it could be refused", context.endpoint(), e);
        }
        closeQuietly(accepted);
    }

    private void open(SocketChannel accepted, long took) {
        try {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            long number = context.registry().nextSequence();
            ConnectionKey key = new ConnectionKey(
                    context.registry().id(number),
                    context.endpoint(),
                    Transport.TCP,
                    Role.ACCEPTED,
                    Address.text(accepted.getLocalAddress()),
                    Address.text(accepted.getRemoteAddress()),
                    context.capture().now());
            Loops.Station home = loops.next();
            StreamConnection connection =
                    new StreamConnection(accepted, context, home, key, number, true, this::forget);
            initializeConnection(connection, accepted.socket());
            connections.put(key.id(), connection);
            var _ = home.loop().run(() -> begin(connection, accepted, took));
        } catch (IOException | RuntimeException e) {
            gone(accepted, e);
        }
    }

    /** On the connection's own loop. */
    private void begin(StreamConnection connection, SocketChannel accepted, long took) {
        try {
            connection.open(
                    "accept() gave the connection from " + connection.key().remote(), took);
        } catch (IOException | RuntimeException e) {
            forget(connection);
            closeGone(accepted, e);
        }
    }

    private void gone(SocketChannel accepted, Exception reason) {
        context.registry().giveBackPlace();
        closeGone(accepted, reason);
    }

    private void closeGone(SocketChannel accepted, Exception reason) {
        log.debug("{}: a connection was gone before it could be opened", context.endpoint(), reason);
        closeQuietly(accepted);
    }

    /** Most likely there is no file descriptor left. Accepting again at once would spin, so it waits and says so. */
    private void pause(SelectionKey key, IOException reason) {
        if (!channel.isOpen()) {
            return;
        }
        context.counters().failed(ErrorKind.ACCEPT.becauseOf(reason.getMessage()));
        if (!starved) {
            starved = true;
            context.capture()
                    .endpoint(
                            context.endpoint(),
                            Kind.FAILED,
                            Call.ACCEPT,
                            "accept() failed: " + reason.getMessage() + "; trying again until it succeeds");
        }
        acceptAgainAfter(PAUSE_WITHOUT_DESCRIPTORS, key);
    }

    private void acceptAgainAfter(Duration pause, SelectionKey key) {
        key.interestOps(0);
        var _ = station.loop().after(pause, () -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        });
    }

    @Override
    public void failed(Exception reason) {
        log.error("{}: the listener failed", context.endpoint(), reason);
        publishServerExceptionEvent(reason);
    }

    /** Once for each connection: at its end, or when it could not be opened. */
    private void forget(StreamConnection connection) {
        connections.remove(connection.key().id());
        context.registry().giveBackPlace();
    }

    /** Listens no more. Connections are left as they are: who stops the endpoint ends them first, and says why. */
    CompletableFuture<Void> unbind() {
        CompletableFuture<Void> unbound = new CompletableFuture<>();
        station.loop().execute(() -> {
            closeQuietly(channel);
            setListening(false);
            station.loop().whenSettled(() -> unbound.complete(null));
        });
        // What was accepted and dealt to other loops is open there after their turn.
        return unbound.thenCompose(done -> loops.passed());
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("close failed", e);
        }
    }
}
