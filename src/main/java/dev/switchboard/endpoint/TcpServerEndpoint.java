package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.TcpServer;
import dev.switchboard.endpoint.EndpointStatus.State;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.inbound.TcpReceivingChannelAdapter;
import org.springframework.integration.ip.tcp.outbound.TcpSendingMessageHandler;

/** A listener, and the connections it accepted. */
final class TcpServerEndpoint extends Endpoint {

    private volatile TcpServer spec;
    private @Nullable StreamServerFactory factory;

    TcpServerEndpoint(Engine engine, TcpServer spec, Counters counters, boolean declared) {
        super(engine, counters, declared);
        this.spec = spec;
    }

    @Override
    EndpointSpec spec() {
        return spec;
    }

    @Override
    void redefine(EndpointSpec other) {
        spec = (TcpServer) other;
    }

    @Override
    void open() throws IOException {
        ListenerLimits limits = engine.properties().listener();
        StreamServerFactory bound;
        try {
            bound = StreamServerFactory.bind(
                    streamContext(spec.framing(), spec.maxFrameBytes(), spec.whenFull()),
                    engine.streams(),
                    spec.bind().resolve(),
                    limits);
        } catch (IOException | RuntimeException e) {
            throw new IOException("bind(" + spec.bind() + ") failed: " + Reasons.of(e), e);
        }
        factory = bound;
        String local = Address.text(bound.local());
        happened(Kind.CREATED, Call.SOCKET, "socket() made a TCP socket", bound.made());
        happened(
                Kind.BOUND,
                Call.BIND,
                "bind(" + local + ") succeeded; the JVM makes bind and listen in one call",
                bound.bound());
        TcpReceivingChannelAdapter inbound = new TcpReceivingChannelAdapter();
        inbound.setConnectionFactory(bound);
        TcpSendingMessageHandler outbound = new TcpSendingMessageHandler();
        outbound.setConnectionFactory(bound);
        is(State.LISTENING, local);
        happened(
                Kind.LISTENING, Call.LISTEN, "listen(backlog " + limits.backlog() + "): peers may connect to " + local);
        engine.flows().register(name(), inbound, outbound, bound);
    }

    @Override
    CompletableFuture<?> shut(CloseReason reason) {
        StreamServerFactory open = factory;
        if (open == null) {
            return CompletableFuture.completedFuture(null);
        }
        factory = null;
        return open.unbind().thenCompose(done -> endConnections(reason));
    }
}
