package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StreamEndsTest extends OnOneBoard {

    @Test
    void tenThousandLinesAndThenAFinAreAllThere() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                lines.append("line ").append(i).append('\n');
            }
            peer.send(lines.toString()).close();
            board.whenEndpoint(
                    made, endpoint -> endpoint.path("counters").path("framesIn").asInt() == 10_000);
            String connection = board.connections(made).getFirst().path("id").asString();
            assertThat(board.whenClosed(connection).path("closeReason").asString())
                    .isEqualTo("peer-closed");
            assertThat(allPayloads("connection=" + connection))
                    .isEqualTo(lines.toString().lines().toList());
        }
    }

    private List<String> allPayloads(String query) {
        List<String> newestFirst = new java.util.ArrayList<>();
        String before = "";
        while (true) {
            JsonNode page =
                    api.get("/api/messages?limit=1000&" + query + before).ok(200);
            Api.each(page.path("items"))
                    .forEach(message -> newestFirst.add(message.path("payload").asString()));
            if (page.path("next").isNull()) {
                return newestFirst.reversed();
            }
            before = "&before=" + page.path("next").asString();
        }
    }

    @Test
    void theHalfCloseOfAPeerIsSeenAndWeMayStillSend(@TempDir java.nio.file.Path data) throws Exception {
        try (Running patient = Running.on(data, "switchboard.half-close-linger=1h")) {
            Board board = patient.board();
            Made made = board.framed("type", "lf");
            try (Peer peer = Peer.connect(made.port())) {
                String id = board.connection(made);
                peer.send("question\n").halfClose();
                board.whenConnection(id, known -> known.path("state").asString().equals("half-closed"));
                JsonNode event = board.event("connection=" + id, "peer-half-closed");
                assertThat(event.path("detail").asString()).contains("FIN");
                assertThat(event.path("call").isNull()).isTrue();
                assertThat(board.payloadsIn(made, 1)).containsExactly("question");

                board.sendTo(id, "payload", "answer").ok(200);
                board.sendTo(id, "payload", "and more").ok(200);
                assertThat(peer.readText(16)).isEqualTo("answer\nand more\n");
                board.close(id, "?how=half").ok(204);
                peer.seesFin();
                assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("peer-closed");
                assertThat(Board.types(board.events("connection=" + id)))
                        .containsExactly("accepted", "peer-half-closed", "half-closed", "closed");
            }
        }
    }

    @Test
    void aPeerThatHalfClosedIsLetGoAfterALinger() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            peer.halfClose();
            peer.seesFin();
            assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("peer-closed");
            assertThat(Board.types(board.events("connection=" + id)))
                    .containsExactly("accepted", "peer-half-closed", "closed");
        }
    }

    @Test
    void anEchoSendsAllBackBeforeItFollowsThePeersFin() throws Exception {
        Made made = board.server("onReceive", "echo");
        byte[] much = new byte[3 << 20];
        new java.util.Random(3).nextBytes(much);
        try (Peer peer = Peer.connect(made.port())) {
            CompletableFuture<Void> sending = Meanwhile.run(() -> {
                peer.send(much).halfClose();
            });
            assertThat(peer.readAll()).isEqualTo(much);
            sending.get();
        }
    }

    @Test
    void aResetByThePeerIsSeen() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            peer.send("kept\n");
            board.payloadsIn(made, 1);
            peer.reset();
            assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("peer-reset");
            JsonNode event = board.event("connection=" + id, "reset");
            assertThat(event.path("detail").asString()).contains("RST");
        }
        assertThat(board.counters(made).path("errors").asInt()).isZero();
    }

    @Test
    void whatArrivedBeforeAPeersCloseIsReadThoughOurWriteFails() throws Exception {
        Made made = board.server("framing", object("type", "lf"), "onReceive", "echo");
        for (int round = 0; round < 20; round++) {
            try (Peer peer = Peer.connect(made.port())) {
                // Closing with unread answers makes the kernel send a RST.
                peer.send("x\n".repeat(20_000));
                peer.read(1);
            }
        }
        board.whenEndpoint(
                made,
                endpoint -> endpoint.path("counters").path("connectionsOpen").asInt() == 0);
        for (JsonNode connection : board.connections(made)) {
            String id = connection.path("id").asString();
            List<String> types = Board.types(board.events("connection=" + id));
            assertThat(types.getLast()).isIn("closed", "reset");
            assertThat(types.stream().filter(type -> type.equals("closed") || type.equals("reset")))
                    .hasSize(1);
        }
    }

    @Test
    void bothSidesClosingAtOnceEndsTheConnectionOnce() throws Exception {
        Made made = board.server();
        for (int i = 0; i < 15; i++) {
            try (Peer peer = Peer.connect(made.port())) {
                String id = board.connection(made);
                CompletableFuture<Void> closing = Meanwhile.run(() -> board.close(id, ""));
                peer.close();
                closing.get();
                board.whenClosed(id);
                assertThat(Board.types(board.events("connection=" + id)).stream()
                                .filter(type -> type.equals("closed") || type.equals("reset")))
                        .hasSize(1);
            }
        }
        assertThat(board.counters(made).path("connectionsOpen").asInt()).isZero();
    }
}
