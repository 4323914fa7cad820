package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import dev.switchboard.endpoint.FrameHandlers.Subscription;
import dev.switchboard.traffic.Frame;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Handlers that block: they get every frame in order, and hold up nobody but the connection they serve. */
class FrameHandlersTest extends OnOneBoard {

    @Autowired
    private FrameHandlers handlers;

    @Test
    void aHandlerThatBlocksHoldsUpNoOtherConnection() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Made slow = board.framed("type", "lf");
        Made echo = board.server("onReceive", "echo");
        try (Subscription _ = handlers.subscribe(only(slow, frame -> goOn.await()));
                Peer stuck = Peer.connect(slow.port());
                Peer other = Peer.connect(echo.port())) {
            stuck.send("one\ntwo\n");
            board.payloadsIn(slow, 2);
            assertThat(other.send("still here").readText(10)).isEqualTo("still here");
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void framesOfEachConnectionComeInTheirOrderOneAtATime() throws Exception {
        Map<String, List<String>> seen = new ConcurrentHashMap<>();
        Map<String, Semaphore> busy = new ConcurrentHashMap<>();
        List<String> overlaps = new CopyOnWriteArrayList<>();
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        Made made = board.framed("type", "lf");
        FrameHandler handler = frame -> {
            String id = frame.connection().id();
            Semaphore alone = busy.computeIfAbsent(id, key -> new Semaphore(1));
            if (!alone.tryAcquire()) {
                overlaps.add(id);
            }
            Thread.yield();
            seen.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(text(frame));
            alone.release();
            done.add(id);
        };
        List<String> expected =
                IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        try (Subscription _ = handlers.subscribe(only(made, handler));
                Peer first = Peer.connect(made.port());
                Peer second = Peer.connect(made.port())) {
            for (String line : expected) {
                first.send(line + "\n");
                second.send(line + "\n");
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(done.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
        }
        assertThat(overlaps).isEmpty();
        assertThat(seen).hasSize(2).allSatisfy((id, lines) -> assertThat(lines).isEqualTo(expected));
    }

    @Test
    void aPeerIsSlowedDownWhileItsHandlerIsBehindAndNothingIsLost() throws Exception {
        int lines = 4_000;
        String line = "x".repeat(1_000);
        Semaphore permits = new Semaphore(0);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Made made = board.framed("type", "lf");
        FrameHandler handler = frame -> {
            permits.acquire();
            seen.add(text(frame));
        };
        try (Subscription _ = handlers.subscribe(only(made, handler));
                Peer peer = Peer.connect(made.port())) {
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < lines; i++) {
                        peer.send(i + line + "\n");
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            board.payloadsIn(made, 200);
            // Nothing is handled yet, and the lane holds 256 KB: of 4 MB most must still be on the peer's side.
            String id = board.connection(made);
            long read = board.whenConnection(id, one -> one.path("framesIn").asInt() > 200)
                    .path("framesIn")
                    .asLong();
            assertThat(read).isLessThan(lines);
            permits.release(lines);
            for (int i = 0; i < lines; i++) {
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(i + line);
            }
            sending.join();
        }
    }

    @Test
    void datagramsDoNotWaitForAHandlerThatIsBehindAndAreCounted() throws Exception {
        int datagrams = 100;
        CountDownLatch goOn = new CountDownLatch(1);
        BlockingQueue<Frame> seen = new LinkedBlockingQueue<>();
        Made made = board.udp();
        FrameHandler handler = frame -> {
            goOn.await();
            seen.add(frame);
        };
        try (Subscription subscription = handlers.subscribe(only(made, handler));
                DatagramSocket peer = new DatagramSocket()) {
            byte[] payload = new byte[10_000];
            for (int i = 0; i < datagrams; i++) {
                peer.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), made.port()));
            }
            board.whenEndpoint(
                    made, one -> one.path("counters").path("framesIn").asInt() == datagrams);
            long passedOver = subscription.passedOver();
            assertThat(passedOver).isPositive();
            goOn.countDown();
            for (long i = passedOver; i < datagrams; i++) {
                assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(subscription.passedOver()).isEqualTo(passedOver);
        }
    }

    @Test
    void aHandlerThatFailsIsGivenTheNextFrame() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Made made = board.framed("type", "lf");
        FrameHandler handler = frame -> {
            seen.add(text(frame));
            if (text(frame).equals("a")) {
                throw new IllegalStateException("on purpose");
            }
            throw new NoClassDefFoundError("worse");
        };
        try (Subscription _ = handlers.subscribe(only(made, handler));
                Peer peer = Peer.connect(made.port())) {
            peer.send("a\nb\nc\n");
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("b");
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("c");
        }
    }

    private static FrameHandler only(Made made, FrameHandler handler) {
        return frame -> {
            if (frame.connection().endpoint().equals(made.name())) {
                handler.frame(frame);
            }
        };
    }

    private static String text(Frame frame) {
        return new String(frame.payload(), StandardCharsets.ISO_8859_1);
    }
}
