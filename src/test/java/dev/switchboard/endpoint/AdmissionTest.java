package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.endpoint.Board.Made;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How many connections may come in, how fast, and for how long they may say nothing. */
@Timeout(120)
class AdmissionTest {

    @TempDir
    private Path data;

    private static int counter(JsonNode endpoint, String name) {
        return endpoint.path("counters").path(name).asInt();
    }

    private static Made echo(Board board) {
        return board.server("framing", Map.of("type", "lf"), "onReceive", "echo");
    }

    private static void answers(Peer peer, String line) throws IOException {
        peer.send(line);
        assertThat(peer.readText(line.length())).isEqualTo(line);
    }

    /** The reset may come before the peer has so much as looked at its socket. */
    private static void isReset(Made made) throws IOException {
        try (Socket peer = new Socket("127.0.0.1", made.port())) {
            assertThatThrownBy(() -> peer.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    /** What was done may be seen by a peer before it can be read what was done. */
    private static void isTold(Board board, Made made, String what) {
        await(what)
                .atMost(Board.PATIENCE)
                .untilAsserted(() -> assertThat(details(board, made)).anyMatch(detail -> detail.contains(what)));
    }

    private static List<String> details(Board board, Made made) {
        return board.events("endpoint=" + made.name()).stream()
                .map(event -> event.path("detail").asString())
                .toList();
    }

    @Test
    void oneTooManyIsResetAndSaidSoAndTheOthersGoOn() throws Exception {
        try (Running run = Running.on(data, "switchboard.max-endpoint-connections=2")) {
            Board board = run.board();
            Made made = echo(board);
            try (Peer first = Peer.connect(made.port());
                    Peer second = Peer.connect(made.port())) {
                answers(first, "one\n");
                answers(second, "two\n");
                for (int i = 0; i < 5; i++) {
                    isReset(made);
                }
                JsonNode endpoint = board.whenEndpoint(made, one -> counter(one, "connectionsRefused") == 5);
                assertThat(counter(endpoint, "connectionsOpen")).isEqualTo(2);
                assertThat(counter(endpoint, "connectionsTotal")).isEqualTo(2);
                isTold(board, made, "max-endpoint-connections");
                answers(first, "still here\n");
            }
            board.whenEndpoint(made, one -> counter(one, "connectionsOpen") == 0);
            try (Peer later = Peer.connect(made.port())) {
                answers(later, "room again\n");
            }
        }
    }

    @Test
    void aFloodOfRefusalsIsNoFloodOfEvents() throws Exception {
        try (Running run = Running.on(data, "switchboard.max-endpoint-connections=1")) {
            Board board = run.board();
            Made made = echo(board);
            try (Peer first = Peer.connect(made.port())) {
                answers(first, "one\n");
                for (int i = 0; i < 200; i++) {
                    isReset(made);
                }
                board.whenEndpoint(made, one -> counter(one, "connectionsRefused") == 200);
                List<String> told = details(board, made).stream()
                        .filter(detail -> detail.contains("reset"))
                        .toList();
                assertThat(told).isNotEmpty().hasSizeLessThan(100);
            }
        }
    }

    @Test
    void allEndpointsTogetherHaveABound() throws Exception {
        try (Running run = Running.on(data, "switchboard.max-connections=2")) {
            Board board = run.board();
            Made one = echo(board);
            Made other = echo(board);
            try (Peer first = Peer.connect(one.port());
                    Peer second = Peer.connect(other.port())) {
                answers(first, "a\n");
                answers(second, "b\n");
                isReset(one);
                second.halfClose();
                second.seesFin();
                board.whenEndpoint(other, endpoint -> counter(endpoint, "connectionsOpen") == 0);
                try (Peer fourth = Peer.connect(one.port())) {
                    answers(fourth, "c\n");
                }
            }
        }
    }

    @Test
    void whoComesTooFastWaitsInTheBacklogAndComesIn() throws Exception {
        try (Running run = Running.on(data, "switchboard.max-accepts=50")) {
            Board board = run.board();
            Made made = echo(board);
            List<Peer> peers = new ArrayList<>();
            try {
                for (int i = 0; i < 30; i++) {
                    peers.add(Peer.connect(made.port()));
                }
                for (Peer peer : peers) {
                    answers(peer, "in time\n");
                }
            } finally {
                for (Peer peer : peers) {
                    peer.close();
                }
            }
            isTold(board, made, "switchboard.max-accepts");
            assertThat(counter(board.whenEndpoint(made, one -> true), "connectionsRefused"))
                    .isZero();
        }
    }

    @Test
    void whoNeverSaysAnythingIsClosedAsIdleAndWhoSpokeIsNot() throws Exception {
        try (Running run = Running.on(data, "switchboard.silent-timeout=1s")) {
            Board board = run.board();
            Made made = echo(board);
            try (Peer talks = Peer.connect(made.port());
                    Peer silent = Peer.connect(made.port())) {
                answers(talks, "hello\n");
                long before = System.nanoTime();
                silent.seesFin();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(500));
                isTold(board, made, "switchboard.silent-timeout");
                answers(talks, "still here\n");
            }
        }
    }
}
