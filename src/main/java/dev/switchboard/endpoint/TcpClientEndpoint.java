package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.TcpClient;
import dev.switchboard.endpoint.EndpointStatus.State;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.inbound.TcpReceivingChannelAdapter;
import org.springframework.integration.ip.tcp.outbound.TcpSendingMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;

/**
 * A connection that we open, and open again when it is lost.
 *
 * <pre>
 *              ┌──────────── failed, or ended: after a back-off ───────────┐
 *              ▼                                                           │
 *   start ─► attempt (resolve, ask egress: a virtual thread) ─► connect on the loop ─► connected
 * </pre>
 *
 * <p>What follows an attempt happens on the loop; {@code over} tells it there that nobody wants it any more.
 */
final class TcpClientEndpoint extends Endpoint {

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
    /** A connection that lasted this long was a good one: the next attempt need not wait longer than the first did. */
    private static final long GOOD_NANOS = Duration.ofSeconds(5).toNanos();

    private volatile TcpClient spec;
    private volatile @Nullable Run run;

    TcpClientEndpoint(Engine engine, TcpClient spec, Counters counters, boolean declared) {
        super(engine, counters, declared);
        this.spec = spec;
    }

    @Override
    EndpointSpec spec() {
        return spec;
    }

    @Override
    void redefine(EndpointSpec other) {
        spec = (TcpClient) other;
    }

    @Override
    void open() throws IOException {
        Address bind = spec.bind();
        // An address of our own that can't be had is known now, not at some later attempt.
        Run started = new Run(bind == null ? null : Probe.stream(bind));
        run = started;
        TcpReceivingChannelAdapter inbound = new TcpReceivingChannelAdapter();
        inbound.setConnectionFactory(started.factory);
        TcpSendingMessageHandler outbound = new SendingToTheOneMeant();
        outbound.setConnectionFactory(started.factory);
        engine.flows().register(name(), inbound, outbound, started.factory);
        is(State.CONNECTING, null);
        started.attempt();
    }

    @Override
    CompletableFuture<?> shut(CloseReason reason) {
        Run running = run;
        run = null;
        return running == null ? CompletableFuture.completedFuture(null) : running.end(reason);
    }

    /** What was meant for a connection that is gone does not go to the one that came after it. */
    private static final class SendingToTheOneMeant extends TcpSendingMessageHandler {

        @Override
        protected TcpConnection obtainConnection(Message<?> message) {
            TcpConnection connection = super.obtainConnection(message);
            Object meant = message.getHeaders().get(IpHeaders.CONNECTION_ID);
            if (!connection.getConnectionId().equals(meant)) {
                throw new MessageHandlingException(message, "connection " + meant + " has ended");
            }
            return connection;
        }
    }

    /** From one start to the next stop. What happens to it happens on its loop. */
    private final class Run {

        private final @Nullable InetSocketAddress bind;
        private final Loops.Station station = engine.streams().next();
        private final StreamClientFactory factory;
        private final Backoff backoff =
                new Backoff(FIRST_BACKOFF, engine.properties().reconnectMax());

        private boolean over;

        private Run(@Nullable InetSocketAddress bind) {
            this.bind = bind;
            this.factory = new StreamClientFactory(
                    streamContext(spec.framing(), spec.maxFrameBytes(), spec.whenFull()),
                    station,
                    spec.remote(),
                    engine.properties().connectTimeout(),
                    this::ended);
        }

        private void attempt() {
            int number = backoff.attempts() + 1;
            if (number == 1) {
                happened(Kind.CREATED, Call.SOCKET, "socket() made a TCP socket");
            }
            String which = number == 1 ? "" : ", attempt " + number;
            happened(Kind.CONNECTING, Call.CONNECT, "connect(" + spec.remote() + ") begins" + which);
            Thread.ofVirtual().name(name() + "-connect").start(this::resolveAndConnect);
        }

        private void resolveAndConnect() {
            CompletableFuture<StreamConnection> connecting;
            try {
                InetSocketAddress remote = spec.remote().resolve();
                engine.egress().refusal(remote).ifPresent(why -> {
                    throw new IllegalStateException(why);
                });
                connecting = factory.connect(remote, bind);
            } catch (IOException | RuntimeException e) {
                connecting = CompletableFuture.failedFuture(e);
            }
            var _ = connecting.whenComplete((connection, failure) -> station.loop()
                    .execute(() -> {
                        if (failure == null) {
                            connected(connection);
                        } else {
                            failed(failure);
                        }
                    }));
        }

        private void connected(StreamConnection connection) {
            if (!over && connection.isOpen()) {
                is(State.CONNECTED, connection.key().local());
            }
        }

        private void failed(Throwable failure) {
            if (over) {
                return;
            }
            Exception reason = failure instanceof Exception exception ? exception : new IOException(failure);
            String sentence = "connect(" + spec.remote() + ") failed: " + Reasons.of(reason);
            if (spec.reconnect()) {
                counters.failed(ErrorKind.CONNECT.becauseOf(sentence));
                trouble(State.CONNECTING, sentence);
                happened(Kind.FAILED, Call.CONNECT, sentence + "; trying again in " + retry());
            } else {
                fail(ErrorKind.CONNECT, sentence);
                happened(Kind.FAILED, Call.CONNECT, sentence + "; reconnect is off");
            }
        }

        private void ended(StreamConnection connection) {
            if (over) {
                return;
            }
            Connection known = connection.known();
            if (known.closedAt() - known.key().openedAt() > GOOD_NANOS) {
                backoff.reset();
            }
            String why = Objects.requireNonNull(known.closeReason()).word();
            String sentence = "the connection to " + spec.remote() + " ended: " + why;
            if (spec.reconnect()) {
                trouble(State.CONNECTING, sentence);
                happened(Kind.CONNECTING, null, sentence + "; connecting again in " + retry());
            } else {
                rest();
                happened(Kind.STOPPED, null, sentence + "; reconnect is off");
            }
        }

        /** In words, how long it will be until then. */
        private String retry() {
            Duration wait = backoff.next();
            station.loop().after(wait, () -> {
                if (!over) {
                    attempt();
                }
            });
            return wait.toMillis() < 1000
                    ? wait.toMillis() + " ms"
                    : BigDecimal.valueOf(wait.toMillis(), 3)
                                    .stripTrailingZeros()
                                    .toPlainString() + " s";
        }

        /** Once the loop has taken this up, nothing that happens to the run changes the endpoint any more. */
        private CompletableFuture<?> end(CloseReason reason) {
            CompletableFuture<Void> abandoned = new CompletableFuture<>();
            station.loop().execute(() -> {
                over = true;
                factory.abandon();
                station.loop().whenSettled(() -> abandoned.complete(null));
            });
            return abandoned.thenCompose(done -> endConnections(reason));
        }
    }
}
