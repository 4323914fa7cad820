package dev.switchboard.endpoint;

import dev.switchboard.access.Egress;
import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import dev.switchboard.traffic.TrafficChannels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.messaging.support.GenericMessage;

/**
 * A running Switchboard, worked through the room's doors and the channels. One on the real kernel and one on a
 * {@link FaultyKernel} are shared by all tests; they differ in the names of their endpoints.
 *
 * <p>A connection whose peer sent FIN stays for as long as a test lasts, but where the endpoint echoes.
 */
final class Workbench {

    static final int MAX_QUEUED = 256 << 10;
    static final int MAX_FRAME = 1 << 20;

    private final Running running;
    private final Map<String, Queue<Frame>> delivered = new ConcurrentHashMap<>();

    private Workbench(List<Class<?>> more) {
        try {
            running = Running.on(
                    Files.createTempDirectory("workbench"),
                    more,
                    "switchboard.half-close-linger=1h",
                    "switchboard.max-queued=256KB",
                    "switchboard.send-timeout=20s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        running.bean(TrafficChannels.INBOUND, PublishSubscribeChannel.class).subscribe(message -> {
            Frame frame = (Frame) message.getPayload();
            Queue<Frame> queue = delivered.get(frame.connection().endpoint());
            if (queue != null) {
                queue.add(frame);
            }
        });
    }

    private static final class Real {
        private static final Workbench ONE = new Workbench(List.of());
    }

    private static final class Faulty {
        private static final Workbench ONE = new Workbench(List.of(FaultyEngine.class));
    }

    static Workbench onTheRealKernel() {
        return Real.ONE;
    }

    static Workbench onAFaultyKernel() {
        return Faulty.ONE;
    }

    /** Takes the place of the engine on the real kernel, which is left idle. */
    static final class FaultyEngine {

        @Bean
        FaultyKernel faultyKernel() {
            return new FaultyKernel();
        }

        @Bean(destroyMethod = "close")
        @Primary
        Engine faultyEngine(
                FaultyKernel kernel,
                Capture capture,
                ConnectionRegistry registry,
                Flows flows,
                Egress egress,
                ApplicationEventPublisher publisher,
                EndpointProperties properties) {
            return new Engine(
                    new Loops(1, capture, kernel),
                    new Loop("unused-udp"),
                    capture,
                    registry,
                    flows,
                    egress,
                    publisher,
                    properties);
        }
    }

    FaultyKernel kernel() {
        return running.bean(FaultyKernel.class);
    }

    Endpoints endpoints() {
        return running.bean(Endpoints.class);
    }

    Sender sender() {
        return running.bean(Sender.class);
    }

    ConnectionRegistry registry() {
        return running.bean(ConnectionRegistry.class);
    }

    /** What happens on an endpoint that is yet to be made. */
    TrafficLog log(String endpoint) {
        return new TrafficLog(running.bean(Capture.class), endpoint);
    }

    /** The frames of an endpoint as the inbound channel gives them, from now until {@link #deliversNoMore}. */
    Queue<Frame> delivered(String endpoint) {
        return delivered.computeIfAbsent(endpoint, name -> new ConcurrentLinkedQueue<>());
    }

    void deliversNoMore(String endpoint) {
        delivered.remove(endpoint);
    }

    /** Hands a payload to the outbound channel, as whoever acts on traffic does; does not wait. */
    void send(OpenConnection connection, byte[] payload, Outgoing.Receipt receipt) {
        running.bean(TrafficChannels.OUTBOUND, DirectChannel.class)
                .send(new GenericMessage<>(new Outgoing(payload, Origin.OPERATOR, receipt), connection.headers()));
    }

    /** A listener on a free port of the loopback. */
    int listen(String name, Framing framing, EndpointSpec.OnReceive onReceive) {
        String local = endpoints().create(server(name, framing, onReceive)).localAddress();
        return Integer.parseInt(String.valueOf(local).replaceFirst(".*:", ""));
    }

    static EndpointSpec server(String name, Framing framing, EndpointSpec.OnReceive onReceive) {
        return new EndpointSpec.TcpServer(
                name, new Address("127.0.0.1", 0), framing, MAX_FRAME, WhenFull.PAUSE_READING, true, onReceive, "");
    }

    static EndpointSpec client(String name, int port, Framing framing, EndpointSpec.OnReceive onReceive) {
        return new EndpointSpec.TcpClient(
                name,
                new Address("127.0.0.1", port),
                null,
                framing,
                MAX_FRAME,
                WhenFull.PAUSE_READING,
                false,
                true,
                onReceive,
                "");
    }
}
