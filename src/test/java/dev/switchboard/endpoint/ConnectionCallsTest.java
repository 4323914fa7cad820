package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.each;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConnectionCallsTest extends OnOneBoard {

    @Test
    void showsWhatIsKnownOfAConnection() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("one\ntwo\nthr");
            board.payloadsIn(made, 2);
            JsonNode connection = board.whenConnection(
                    board.connection(made), known -> known.path("bytesIn").asInt() == 11);

            assertThat(connection.path("endpoint").asString()).isEqualTo(made.name());
            assertThat(connection.path("transport").asString()).isEqualTo("tcp");
            assertThat(connection.path("role").asString()).isEqualTo("accepted");
            assertThat(connection.path("state").asString()).isEqualTo("open");
            assertThat(connection.path("local").asString()).isEqualTo("127.0.0.1:" + made.port());
            assertThat(connection.path("remote").asString()).isEqualTo(peer.address());
            assertThat(connection.path("closedAt").isNull()).isTrue();
            assertThat(connection.path("closeReason").isNull()).isTrue();
            assertThat(connection.path("framesIn").asInt()).isEqualTo(2);
            assertThat(connection.path("bytesIn").asInt()).isEqualTo(11);
            assertThat(connection.path("framesOut").asInt()).isZero();
            assertThat(connection.path("bytesOut").asInt()).isZero();
            assertThat(connection.path("lastActivityAt").asString())
                    .isGreaterThanOrEqualTo(connection.path("openedAt").asString());
            assertThat(connection.propertyNames()).contains("tls", "socketOptions", "kernel");
        }
    }

    @Test
    void saysHowLongItsCallsTookWhereThatWasMeasured() throws Exception {
        Made server = board.server();
        Made client = board.client("127.0.0.1:" + server.port());
        String id = board.connection(client);
        String accepted = board.connection(server);
        board.close(id, "?how=half").ok(204);
        for (String type : List.of("connected", "half-closed")) {
            assertThat(board.event("connection=" + id, type).path("took").isIntegralNumber())
                    .as(type)
                    .isTrue();
        }
        assertThat(board.event("connection=" + accepted, "accepted")
                        .path("took")
                        .isIntegralNumber())
                .isTrue();
        for (String type : List.of("created", "bound")) {
            JsonNode event = board.event("endpoint=" + server.name(), type);
            assertThat(event.path("took").asLong(-1)).as(type).isBetween(0L, 10_000_000L);
        }
        assertThat(board.event("endpoint=" + server.name(), "listening").has("took"))
                .as("the call that binds has it listen as well")
                .isFalse();
    }

    @Test
    void listsNewestFirstInPagesAndByEndpointAndState() throws Exception {
        Made made = board.server();
        Made other = board.server();
        try (Peer first = Peer.connect(made.port())) {
            String oldest = board.connection(made);
            try (Peer second = Peer.connect(made.port());
                    Peer third = Peer.connect(made.port());
                    Peer stranger = Peer.connect(other.port())) {
                board.openConnections(made, 3);
                board.openConnections(other, 1);
                String page = "/api/connections?limit=2&endpoint=" + made.name();
                JsonNode newest = api.get(page).ok(200);
                assertThat(each(newest.path("items"))).hasSize(2);
                JsonNode rest = api.get(page + "&before=" + newest.path("next").asString())
                        .ok(200);
                assertThat(each(rest.path("items")).getFirst().path("id").asString())
                        .isEqualTo(oldest);
                assertThat(rest.path("next").isNull()).isTrue();
                second.reset();
                board.openConnections(made, 2);
            }
            List<JsonNode> open = board.openConnections(made, 1);
            assertThat(open.getFirst().path("id").asString()).isEqualTo(oldest);
            assertThat(each(api.get("/api/connections?state=closed&endpoint=" + made.name())
                            .ok(200)
                            .path("items")))
                    .hasSize(2)
                    .allSatisfy(connection ->
                            assertThat(connection.path("state").asString()).isEqualTo("closed"));
        }
        api.get("/api/connections?state=ajar").problem(400, "state");
        api.get("/api/connections?before=yesterday").problem(400, "before");
        api.get("/api/connections?limit=0").problem(400, "limit");
    }

    @Test
    void closesInOrderWithAFin() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            board.sendTo(id, "payload", "last words").ok(200);
            board.close(id, "").ok(204);
            assertThat(new String(peer.readAll())).isEqualTo("last words");
            JsonNode closed = board.connection(id);
            assertThat(closed.path("state").asString()).isEqualTo("closed");
            assertThat(closed.path("closeReason").asString()).isEqualTo("local-close");
            assertThat(closed.path("closedAt").isNull()).isFalse();
            JsonNode event = board.event("connection=" + id, "closed");
            assertThat(event.path("call").asString()).isEqualTo("close");
            board.close(id, "").problem(409);
        }
    }

    @Test
    void closesWithARealResetWhenAsked() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            board.close(id, "?how=reset").ok(204);
            peer.seesReset();
            assertThat(board.connection(id).path("closeReason").asString()).isEqualTo("local-reset");
            assertThat(board.event("connection=" + id, "reset").path("detail").asString())
                    .contains("RST");
        }
    }

    @Test
    void shutsOnlyOurSideWhenAskedAndThePeerMayGoOn() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            board.close(id, "?how=half").ok(204);
            peer.seesFin();
            assertThat(board.connection(id).path("state").asString()).isEqualTo("half-closed");
            JsonNode event = board.event("connection=" + id, "half-closed");
            assertThat(event.path("call").asString()).isEqualTo("shutdown");
            peer.send("still here\n");
            assertThat(board.payloads("connection=" + id, 1)).containsExactly("still here");
            board.sendTo(id, "payload", "too late").problem(409);
            board.close(id, "?how=half").problem(409);
            peer.halfClose();
            assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("peer-closed");
        }
    }

    @Test
    void anUnknownConnectionIsA404AndAnUnknownWayToCloseA400() throws Exception {
        api.get("/api/connections/nobody").problem(404);
        board.close("nobody", "").problem(404);
        board.sendTo("nobody", "payload", "x").problem(404);
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            board.close(board.connection(made), "?how=slam").problem(400, "how");
            peer.send("x");
            board.payloadsIn(made, 1);
        }
    }

    @Test
    void aClosedConnectionTakesNothing() throws Exception {
        Made made = board.server();
        String id;
        try (Peer peer = Peer.connect(made.port())) {
            id = board.connection(made);
            peer.reset();
        }
        assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("peer-reset");
        board.sendTo(id, "payload", "x").problem(409);
    }

    @Test
    void aDatagramPeerHasNothingToResetAndCanBeForgotten() throws Exception {
        Made made = board.udp();
        try (PostBox peer = PostBox.open()) {
            peer.send(made.port(), "hello");
            String id = board.connection(made);
            JsonNode known = board.connection(id);
            assertThat(known.path("transport").asString()).isEqualTo("udp");
            assertThat(known.path("role").asString()).isEqualTo("peer");
            assertThat(known.path("remote").asString()).isEqualTo(peer.address());
            board.close(id, "?how=reset").problem(422, "how");
            board.close(id, "?how=half").problem(422, "how");
            board.close(id, "").ok(204);
            assertThat(board.connection(id).path("state").asString()).isEqualTo("closed");
            peer.send(made.port(), "hello again");
            assertThat(board.connection(made)).isNotEqualTo(id);
        }
    }
}
