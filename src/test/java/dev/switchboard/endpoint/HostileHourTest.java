package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.endpoint.Board.Made;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One hostile hour in small: whatever peers do, afterwards everything is as it was before. */
class HostileHourTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Map<String, Object>> FRAMINGS = List.of(
            object("type", "raw"),
            object("type", "lf"),
            object("type", "crlf"),
            object("type", "nul"),
            object("type", "delimiter", "delimiter", "END"),
            object("type", "stx-etx"),
            object("type", "length", "bytes", 1),
            object("type", "length", "bytes", 2),
            object("type", "length", "bytes", 4),
            object("type", "fixed", "size", 7),
            object("type", "json"));
    private static final int CYCLES = 10_000;
    private static final long HEAP_TOLERANCE = 24 << 20;

    @Test
    void threadsHeapAndOpenFilesReturnToWhereTheyWere(@TempDir Path data) throws Exception {
        try (Running run = Running.on(
                data,
                "switchboard.half-close-linger=0s",
                "switchboard.closed-kept=100",
                "switchboard.capture.max-bytes=4MB",
                "switchboard.history.max-bytes=4MB")) {
            Board board = run.board();
            List<Made> victims = FRAMINGS.stream()
                    .map(framing -> board.server("framing", framing, "maxFrameBytes", 4096, "onReceive", "echo"))
                    .toList();
            // Once through, so that what is filled once and then kept is filled.
            abuse(victims, 1);
            connectAndClose(victims.getFirst(), 2_000);
            quiet(board, victims);

            int threads = threads();
            long files = OpenFiles.sockets();
            long heap = heap();

            abuse(victims, 6);
            connectAndClose(victims.getFirst(), CYCLES);
            quiet(board, victims);

            await("threads").atMost(PATIENCE).until(() -> threads() <= threads + 2);
            await("open files").atMost(PATIENCE).until(() -> OpenFiles.sockets() <= files + 2);
            await("heap").atMost(PATIENCE).until(() -> heap() <= heap + HEAP_TOLERANCE);
            for (Made victim : victims) {
                JsonNode counters = board.counters(victim);
                assertThat(counters.path("captureGap").asInt()).isZero();
                assertThat(board.endpoint(victim).path("state").asString()).isEqualTo("listening");
            }
            // And they still do what they are there for.
            try (Peer peer = Peer.connect(victims.get(1).port())) {
                peer.send("still there?\n");
                assertThat(peer.readText(13)).isEqualTo("still there?\n");
            }
        }
    }

    private static void abuse(List<Made> victims, int rounds) throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < rounds; round++) {
            List<CompletableFuture<Void>> peers = new ArrayList<>();
            for (Made victim : victims) {
                long seed = random.nextLong();
                peers.add(Meanwhile.run(() -> garbage(victim, new Random(seed))));
                peers.add(Meanwhile.run(() -> silence(victim)));
                peers.add(Meanwhile.run(() -> breakOff(victim, new Random(seed))));
            }
            for (CompletableFuture<Void> peer : peers) {
                peer.get();
            }
        }
    }

    /** Bytes at random, with much of what framings look for among them, until we are thrown out or have enough. */
    private static void garbage(Made victim, Random random) throws IOException {
        byte[] special = "\r\n\0\u0002\u0003{}[]\"\\END\u00ff".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try (Peer peer = Peer.connect(victim.port())) {
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[random.nextInt(1, 8_192)];
                random.nextBytes(bytes);
                for (int j = 0; j < bytes.length; j += random.nextInt(1, 9)) {
                    bytes[j] = special[random.nextInt(special.length)];
                }
                peer.send(bytes);
            }
        } catch (IOException thrownOut) {
            assertThat(thrownOut.getMessage()).containsAnyOf("reset", "Broken pipe");
        }
    }

    private static void silence(Made victim) throws IOException {
        for (int i = 0; i < 20; i++) {
            Peer.connect(victim.port()).close();
        }
        List<Peer> mute = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            mute.add(Peer.connect(victim.port()));
        }
        for (Peer peer : mute) {
            peer.close();
        }
    }

    /** In mid-frame, with a FIN or with a RST. */
    private static void breakOff(Made victim, Random random) throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Peer peer = Peer.connect(victim.port())) {
                peer.send(new byte[] {2, 'h', 'a', 'l'});
                if (random.nextBoolean()) {
                    peer.reset();
                }
            }
        }
    }

    private static void connectAndClose(Made victim, int times) throws Exception {
        List<CompletableFuture<Void>> workers = new ArrayList<>();
        int workersCount = 4;
        for (int w = 0; w < workersCount; w++) {
            workers.add(Meanwhile.run(() -> {
                for (int i = 0; i < times / workersCount; i++) {
                    try (Peer peer = Peer.connect(victim.port())) {
                        if (i % 2 == 0) {
                            peer.reset();
                        } else {
                            // Else our own side is left in TIME_WAIT and ports run out.
                            peer.halfClose();
                            peer.seesFin();
                        }
                    }
                }
            }));
        }
        for (CompletableFuture<Void> worker : workers) {
            worker.get();
        }
    }

    private static void quiet(Board board, List<Made> victims) {
        for (Made victim : victims) {
            board.whenEndpoint(
                    victim,
                    endpoint ->
                            endpoint.path("counters").path("connectionsOpen").asInt() == 0);
        }
    }

    /** Those of this process that belong to us; the HTTP server's and the JVM's come and go. */
    private static int threads() {
        return (int) Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .map(ThreadInfo::getThreadName)
                .filter(name -> !name.startsWith("HttpClient") && !name.startsWith("ForkJoinPool"))
                .count();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
