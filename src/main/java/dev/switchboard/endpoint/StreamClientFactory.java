package dev.switchboard.endpoint;

import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;

/**
 * Connects, and holds the one connection it made. Unlike the stock factories it never connects because somebody sends:
 * {@link #connect} is called when the endpoint wants to, and sending without a connection fails.
 */
final class StreamClientFactory extends AbstractClientConnectionFactory {

    private final StreamContext context;
    private final Loops.Station station;
    private final Duration timeout;
    private final Consumer<StreamConnection> onEnd;
    private volatile @Nullable StreamConnection current;
    /** What is under way, and whether nothing shall be any more; both on the loop. */
    private @Nullable Attempt attempt;

    private boolean abandoned;

    /**
     * @param timeout how long an attempt may take
     * @param onEnd is told on the loop when a connection made here has ended
     */
    StreamClientFactory(
            StreamContext context,
            Loops.Station station,
            Address remote,
            Duration timeout,
            Consumer<StreamConnection> onEnd) {
        super(remote.host(), remote.port());
        this.context = context;
        this.station = station;
        this.timeout = timeout;
        this.onEnd = onEnd;
    }

    @Override
    public void start() {
        setActive(true);
        super.start();
    }

    /** The connection while there is one; any thread. */
    @Nullable
    StreamConnection current() {
        return current;
    }

    @Override
    protected TcpConnectionSupport obtainConnection() {
        StreamConnection connection = current;
        if (connection == null) {
            throw new UncheckedIOException(new ConnectException(context.endpoint() + " is not connected"));
        }
        return connection;
    }

    /**
     * Connects; any thread.
     *
     * @param bind our own address, or null for any
     * @return completes on the loop, with the open connection or with the reason why there is none
     */
    CompletableFuture<StreamConnection> connect(InetSocketAddress remote, @Nullable InetSocketAddress bind) {
        CompletableFuture<StreamConnection> result = new CompletableFuture<>();
        station.loop().execute(() -> {
            if (abandoned) {
                result.completeExceptionally(new ConnectException("nobody wants the connection any more"));
                return;
            }
            try {
                attempt = new Attempt(remote, bind, result);
                attempt.begin();
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Gives up what is under way and never connects again; on the loop. */
    void abandon() {
        abandoned = true;
        if (attempt != null) {
            attempt.failed(new ConnectException("given up"));
        }
    }

    /** One try at connecting; lives on the loop. */
    private final class Attempt implements Loop.Ready {

        private final InetSocketAddress remote;
        private final @Nullable InetSocketAddress bind;
        private final CompletableFuture<StreamConnection> result;
        private final SocketChannel channel;
        private Loop.@Nullable Timer limit;
        private long began;

        private Attempt(
                InetSocketAddress remote, @Nullable InetSocketAddress bind, CompletableFuture<StreamConnection> result)
                throws IOException {
            this.remote = remote;
            this.bind = bind;
            this.result = result;
            this.channel = station.loop().kernel().openSocketChannel();
        }

        private void begin() throws IOException {
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (bind != null) {
                    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                    channel.bind(bind);
                }
                began = System.nanoTime();
                if (channel.connect(remote)) {
                    connected();
                } else {
                    station.loop().register(channel, SelectionKey.OP_CONNECT, this);
                    limit = station.loop()
                            .after(
                                    timeout,
                                    () -> failed(new SocketTimeoutException(
                                            "no answer within " + timeout.toMillis() + " ms")));
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        @Override
        public void ready(SelectionKey key) throws IOException {
            if (channel.finishConnect()) {
                connected();
            }
        }

        private void connected() throws IOException {
            long took = System.nanoTime() - began;
            cancelLimit();
            attempt = null;
            if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
                // Both sides opened at once (RFC 9293 §3.5), and both are we: the kernel had given us the very port.
                failed(new ConnectException("nobody listens there, and the socket was connected to itself"));
                return;
            }
            long number = context.registry().nextSequence();
            ConnectionKey key = new ConnectionKey(
                    context.registry().id(number),
                    context.endpoint(),
                    Transport.TCP,
                    Role.CONNECTED,
                    Address.text(channel.getLocalAddress()),
                    Address.text(channel.getRemoteAddress()),
                    context.capture().now());
            StreamConnection connection = new StreamConnection(
                    channel, context, station, key, number, false, StreamClientFactory.this::forget);
            initializeConnection(connection, channel.socket());
            connections.put(key.id(), connection);
            current = connection;
            connection.open("connect(" + key.remote() + ") succeeded from " + key.local(), took);
            result.complete(connection);
        }

        @Override
        public void failed(Exception reason) {
            cancelLimit();
            attempt = null;
            try {
                channel.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
            result.completeExceptionally(reason);
        }

        private void cancelLimit() {
            if (limit != null) {
                station.loop().cancel(limit);
            }
        }
    }

    private void forget(StreamConnection connection) {
        connections.remove(connection.key().id());
        current = null;
        onEnd.accept(connection);
    }
}
