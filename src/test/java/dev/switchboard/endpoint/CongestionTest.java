package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Batch;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Follower;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import dev.switchboard.traffic.TrafficEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.ip.tcp.connection.TcpListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** A keeper that falls behind slows the sockets down, and nothing is lost by it. */
@Timeout(60)
class CongestionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Capture capture = new Capture(1 << 20, 1 << 12);
    private final Follower keeper = capture.keep();
    private final ConnectionRegistry registry = new ConnectionRegistry(capture, 1_000);
    private final Counters counters = new Counters();
    private final List<TrafficEvent> kept = new ArrayList<>();
    private Loops loops;
    private StreamServerFactory factory;

    @BeforeEach
    void loops() {
        loops = new Loops(2, capture);
    }

    @AfterEach
    void end() {
        keeper.close();
        loops.close();
    }

    private int listen(TcpListener listener) throws IOException {
        StreamSettings settings =
                new StreamSettings(new Framing.Raw(), 1 << 20, () -> Duration.ZERO, 4 << 20, WhenFull.PAUSE_READING);
        StreamContext context = new StreamContext("e", capture, registry, counters, settings, event -> {});
        factory = StreamServerFactory.bind(
                context,
                loops,
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                new ListenerLimits(50, 1_000, 1_000, "", 100_000));
        factory.setApplicationEventPublisher(event -> {});
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("taskScheduler", new SimpleAsyncTaskScheduler());
        factory.setBeanFactory(beans);
        factory.registerListener(listener);
        factory.start();
        return factory.local().getPort();
    }

    private void keep() throws InterruptedException {
        Batch batch = keeper.next(64, Duration.ZERO, Duration.ofMillis(20));
        assertThat(batch.skipped()).isZero();
        kept.addAll(batch.events());
    }

    private byte[] moved(Direction direction) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        kept.stream()
                .filter(event -> event instanceof Chunk chunk && chunk.direction() == direction)
                .forEach(event -> all.writeBytes(((Chunk) event).bytes()));
        return all.toByteArray();
    }

    private boolean ended() {
        return kept.stream()
                .anyMatch(
                        event -> event instanceof LifeCycle step && step.kind().end());
    }

    private static byte[] much() {
        byte[] much = new byte[8 << 20];
        new Random(11).nextBytes(much);
        return much;
    }

    private static CompletableFuture<Void> sending(Peer peer, byte[] bytes) {
        return Meanwhile.run(() -> {
            peer.send(bytes).halfClose();
        });
    }

    @Test
    void leavesBytesInTheKernelUntilThereIsRoomAndThenGoesOn() throws Exception {
        byte[] much = much();
        int port = listen(message -> {});
        try (Peer peer = Peer.connect(port)) {
            CompletableFuture<Void> sending = sending(peer, much);
            await().atMost(PATIENCE).until(capture::congested);
            // Nobody keeps anything, so nothing more can have been read than was in hand.
            assertThat(counters.bytesIn.sum()).isLessThan(2 << 20);
            assertThat(sending).isNotDone();
            while (!ended()) {
                keep();
            }
            sending.get();
            assertThat(moved(Direction.IN)).isEqualTo(much);
        }
    }

    @Test
    void echoesAllThroughEveryCongestion() throws Exception {
        byte[] much = much();
        int port = listen(this::echo);
        try (Peer peer = Peer.connect(port)) {
            CompletableFuture<Void> sending = sending(peer, much);
            CompletableFuture<byte[]> reading = Meanwhile.ask(() -> {
                return peer.readAll();
            });
            int congestions = 0;
            while (!reading.isDone()) {
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(PATIENCE)
                        .until(() -> capture.congested() || reading.isDone());
                congestions++;
                while (capture.congested()) {
                    keep();
                }
            }
            sending.get();
            assertThat(reading.get()).isEqualTo(much);
            while (!ended()) {
                keep();
            }
            assertThat(moved(Direction.IN)).isEqualTo(much);
            assertThat(moved(Direction.OUT)).isEqualTo(much);
            assertThat(congestions).isGreaterThan(5);
        }
    }

    private void echo(Message<?> message) {
        Frame frame = (Frame) message.getPayload();
        StreamConnection connection =
                (StreamConnection) registry.open(frame.connection().id()).orElseThrow();
        connection.send(new GenericMessage<>(
                new Outgoing(frame.payload(), Origin.RULE, Outgoing.Receipt.NONE), message.getHeaders()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "half"})
    void aConnectionThatWaitsForRoomCanStillBeEnded(String how) throws Exception {
        int port = listen(message -> {});
        try (Peer peer = Peer.connect(port)) {
            CompletableFuture<Void> sending = sending(peer, much()).exceptionally(e -> null);
            await().atMost(PATIENCE).until(capture::congested);
            OpenConnection connection = registry.openOf("e").getFirst();
            CompletableFuture<Void> done = switch (how) {
                case "close" -> connection.close(dev.switchboard.traffic.CloseReason.LOCAL_CLOSE);
                case "reset" -> connection.reset();
                default -> connection.halfClose();
            };
            done.get(20, java.util.concurrent.TimeUnit.SECONDS);
            if (how.equals("half")) {
                peer.seesFin();
                while (!ended()) {
                    keep();
                }
            }
            await().atMost(PATIENCE).until(() -> registry.openOf("e").isEmpty());
            peer.close();
            sending.get();
        }
        while (!ended()) {
            keep();
        }
        assertThat(kept.stream()
                        .filter(event ->
                                event instanceof LifeCycle step && step.kind().end()))
                .hasSize(1);
        assertThat(kept.getLast()).isInstanceOf(LifeCycle.class);
    }

    @Test
    void twoConnectionsOnTwoLoopsWaitAndGoOn() throws Exception {
        byte[] much = much();
        int port = listen(message -> {});
        try (Peer one = Peer.connect(port);
                Peer two = Peer.connect(port)) {
            CompletableFuture<Void> first = sending(one, much);
            CompletableFuture<Void> second = sending(two, much);
            while (counters.bytesIn.sum() < 2L * much.length) {
                keep();
            }
            first.get();
            second.get();
            await().atMost(PATIENCE).until(() -> registry.openOf("e").isEmpty());
        }
    }

    @Test
    void whatIsAcceptedWhileTheEndpointStopsIsEndedToo() throws Exception {
        int port = listen(message -> {});
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                peers.add(Peer.connect(port));
            }
            CompletableFuture<Void> unbound = factory.unbind();
            unbound.get(20, java.util.concurrent.TimeUnit.SECONDS);
            int open = registry.openOf("e").size();
            while (keeper.next(64, Duration.ZERO, Duration.ZERO).events().size() > 0) {
                // kept
            }
            assertThat(registry.openOf("e")).hasSize(open);
            assertThat(counters.connectionsTotal.sum()).isEqualTo(open);
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }
}
