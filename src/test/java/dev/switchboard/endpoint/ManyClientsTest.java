package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManyClientsTest {

    private static final int CLIENTS = 2_000;
    private static final int LINES = 100;

    private static String lines(int client) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            lines.append(client).append(' ').append(line).append('\n');
        }
        return lines.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyLineOfTwoThousandClientsAtOnceIsRecordedOnceAndInOrder(int loops, @TempDir Path data) throws Exception {
        try (Running run = Running.on(data, "switchboard.half-close-linger=0s", "switchboard.loops=" + loops)) {
            Board board = run.board();
            Made made = board.framed("type", "lf");
            CountDownLatch connected = new CountDownLatch(CLIENTS);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.add(Meanwhile.run(() -> {
                    try (Peer peer = Peer.connect(made.port())) {
                        connected.countDown();
                        connected.await();
                        for (String line : lines(client).split("(?<=\n)")) {
                            peer.send(line);
                        }
                        peer.halfClose();
                        peer.seesFin();
                    }
                }));
            }
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
            JsonNode counters = board.whenEndpoint(
                            made,
                            endpoint -> endpoint.path("counters")
                                            .path("connectionsOpen")
                                            .asInt()
                                    == 0)
                    .path("counters");
            assertThat(counters.path("connectionsTotal").asInt()).isEqualTo(CLIENTS);
            assertThat(counters.path("framesIn").asInt()).isEqualTo(CLIENTS * LINES);
            assertThat(counters.path("errors").asInt()).isZero();
            assertThat(counters.path("captureGap").asInt()).isZero();

            Map<String, List<String>> recorded = recorded(board, made);
            assertThat(recorded).hasSize(CLIENTS);
            List<String> firsts = new ArrayList<>();
            long bytes = 0;
            for (List<String> one : recorded.values()) {
                String client = one.getFirst().split(" ")[0];
                firsts.add(client);
                assertThat(one)
                        .isEqualTo(lines(Integer.parseInt(client)).lines().toList());
                bytes += lines(Integer.parseInt(client)).length();
            }
            assertThat(firsts).doesNotHaveDuplicates();
            assertThat(counters.path("bytesIn").asLong()).isEqualTo(bytes);

            long frames = 0;
            long total = 0;
            for (JsonNode connection : allConnections(board, made, CLIENTS)) {
                assertThat(connection.path("framesIn").asInt()).isEqualTo(LINES);
                assertThat(connection.path("closeReason").asString()).isEqualTo("peer-closed");
                frames += connection.path("framesIn").asLong();
                total += connection.path("bytesIn").asLong();
            }
            assertThat(frames).isEqualTo((long) CLIENTS * LINES);
            assertThat(total).isEqualTo(bytes);
        }
    }

    /** What the history has, oldest first, by connection. */
    private static Map<String, List<String>> recorded(Board board, Made made) {
        Map<String, List<String>> byConnection = new HashMap<>();
        String before = "";
        do {
            JsonNode page = board.api()
                    .get("/api/messages?limit=1000&direction=in&endpoint=" + made.name() + before)
                    .ok(200);
            assertThat(page.path("captureGap").asInt()).isZero();
            for (JsonNode message : page.path("items")) {
                byConnection
                        .computeIfAbsent(message.path("connection").asString(), id -> new ArrayList<>())
                        .add(message.path("payload").asString());
            }
            before = page.path("next").isNull()
                    ? ""
                    : "&before=" + page.path("next").asString();
        } while (!before.isEmpty());
        byConnection.values().forEach(Collections::reverse);
        return byConnection;
    }

    private static List<JsonNode> allConnections(Board board, Made made, int count) {
        List<JsonNode> all = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = board.api()
                    .get("/api/connections?limit=1000&endpoint=" + made.name() + before)
                    .ok(200);
            page.path("items").forEach(all::add);
            before = page.path("next").isNull()
                    ? ""
                    : "&before=" + page.path("next").asString();
        } while (!before.isEmpty());
        assertThat(all).hasSize(count);
        return all;
    }

    @Test
    void thousandDatagramsOfAHundredPeersKeepTheirOrder(@TempDir Path data) throws Exception {
        try (Running run = Running.on(data, "switchboard.max-peers=100")) {
            Board board = run.board();
            Made made = board.udp("description", "many postcards");
            List<PostBox> boxes = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    boxes.add(PostBox.open());
                }
                for (int round = 0; round < 10; round++) {
                    for (PostBox box : boxes) {
                        box.send(made.port(), "card " + round);
                    }
                }
                board.whenEndpoint(
                        made,
                        endpoint -> endpoint.path("counters").path("framesIn").asInt() == 1_000);
                Map<String, List<String>> recorded = recorded(board, made);
                assertThat(recorded).hasSize(100);
                assertThat(recorded.values())
                        .allSatisfy(cards -> assertThat(cards).hasSize(10).isSorted());
                String eldest =
                        allConnections(board, made, 100).getLast().path("id").asString();
                board.send(made, "payload", "one too many", "to", "127.0.0.1:9").ok(200);
                assertThat(board.connection(eldest).path("closeReason").asString())
                        .isEqualTo("idle");
                assertThat(board.counters(made).path("connectionsOpen").asInt()).isEqualTo(100);
            } finally {
                boxes.forEach(PostBox::close);
            }
        }
    }
}
