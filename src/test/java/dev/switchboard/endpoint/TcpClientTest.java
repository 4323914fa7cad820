package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.endpoint.Board.Made;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TcpClientTest extends OnOneBoard {

    private static final Pattern WAIT = Pattern.compile("again in ([\\d.]+) (ms|s)");

    private static List<Integer> waits(List<JsonNode> events) {
        List<Integer> waits = new ArrayList<>();
        for (JsonNode event : events) {
            Matcher matcher = WAIT.matcher(event.path("detail").asString());
            if (matcher.find()) {
                BigDecimal wait = new BigDecimal(matcher.group(1));
                waits.add(wait.movePointRight(matcher.group(2).equals("s") ? 3 : 0)
                        .intValueExact());
            }
        }
        return waits;
    }

    @Test
    void connectsSendsAndReceives() throws Exception {
        try (PeerServer server = PeerServer.listen()) {
            Made made = board.client(server.address(), "framing", object("type", "lf"));
            try (Peer peer = server.accept()) {
                JsonNode connected = board.whenState(made, "connected");
                assertThat(connected.path("localAddress").asString()).startsWith("127.0.0.1:");
                JsonNode connection = board.openConnections(made, 1).getFirst();
                assertThat(connection.path("role").asString()).isEqualTo("connected");
                assertThat(connection.path("remote").asString()).isEqualTo(server.address());
                board.send(made, "payload", "hello").ok(200);
                assertThat(peer.readText(6)).isEqualTo("hello\n");
                peer.send("welcome\n");
                assertThat(board.payloadsIn(made, 1)).containsExactly("welcome");
                assertThat(Board.types(board.events("endpoint=" + made.name())))
                        .containsExactly("created", "connecting", "connected");
            }
        }
    }

    @Test
    void bindsToTheAddressItIsGiven() throws Exception {
        int local;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            local = free.getLocalPort();
        }
        try (PeerServer server = PeerServer.listen()) {
            Made made = board.client(server.address(), "bind", "127.0.0.1:" + local);
            try (Peer peer = server.accept()) {
                assertThat(board.whenState(made, "connected")
                                .path("localAddress")
                                .asString())
                        .isEqualTo("127.0.0.1:" + local);
            }
        }
    }

    @Test
    void anOwnAddressThatIsTakenIsAConflict() throws Exception {
        try (PeerServer server = PeerServer.listen()) {
            api.post(
                            "/api/endpoints",
                            object(
                                    "name",
                                    Board.fresh("client"),
                                    "type",
                                    "tcp-client",
                                    "remote",
                                    server.address(),
                                    "bind",
                                    server.address()))
                    .problem(409, "bind");
        }
    }

    @Test
    void aFixedOwnAddressCanBeUsedAgainRightAfterWeClosed() throws Exception {
        int local;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            local = free.getLocalPort();
        }
        try (PeerServer server = PeerServer.listen()) {
            Made made = board.client(server.address(), "bind", "127.0.0.1:" + local);
            try (Peer peer = server.accept()) {
                board.whenState(made, "connected");
                // We close first, so the kernel keeps our side in TIME_WAIT.
                api.post(made.path() + "/stop").ok(200);
                peer.seesFin();
            }
            api.post(made.path() + "/start").ok(200);
        }
    }

    @Test
    void triesAgainWithGrowingWaitsAndSaysSoUntilSomebodyListens() throws Exception {
        int port;
        try (PeerServer nobody = PeerServer.listen()) {
            port = nobody.port();
        }
        Made made = board.client("127.0.0.1:" + port);
        JsonNode trying =
                board.whenEndpoint(made, endpoint -> endpoint.path("failure").isString());
        assertThat(trying.path("state").asString()).isEqualTo("connecting");
        assertThat(trying.path("failure").asString()).contains("connection refused");
        board.send(made, "payload", "x").problem(409);
        await().atMost(Board.PATIENCE)
                .until(() -> waits(board.events("endpoint=" + made.name())).size() >= 3);
        List<JsonNode> events = board.events("endpoint=" + made.name());
        assertThat(waits(events).subList(0, 3)).containsExactly(200, 400, 800);
        assertThat(events.stream().map(event -> event.path("detail").asString()))
                .anyMatch(detail -> detail.contains("attempt 2"));
        try (PeerServer server = PeerServer.listen(port);
                Peer peer = server.accept()) {
            JsonNode connected = board.whenState(made, "connected");
            assertThat(connected.path("failure").isNull()).isTrue();
            board.send(made, "payload", "at last").ok(200);
            assertThat(peer.readText(7)).isEqualTo("at last");
        }
    }

    @Test
    void connectsAgainWhenThePeerIsLostAndSaysSo() throws Exception {
        try (PeerServer server = PeerServer.listen()) {
            Made made = board.client(server.address());
            for (int round = 1; round <= 3; round++) {
                try (Peer peer = server.accept()) {
                    board.whenState(made, "connected");
                    if (round % 2 == 0) {
                        peer.reset();
                    }
                }
            }
            try (Peer peer = server.accept()) {
                board.whenState(made, "connected");
                List<JsonNode> events = board.events("endpoint=" + made.name());
                assertThat(waits(events)).containsExactly(200, 400, 800);
                assertThat(events.stream().map(event -> event.path("detail").asString()))
                        .anyMatch(detail -> detail.contains("peer-closed"))
                        .anyMatch(detail -> detail.contains("peer-reset"));
            }
        }
    }

    @Test
    void staysDisconnectedWhenItShallNotReconnectAndCanBeStartedAgain() throws Exception {
        try (PeerServer server = PeerServer.listen()) {
            Made made = board.client(server.address(), "reconnect", false);
            for (int round = 0; round < 2; round++) {
                try (Peer peer = server.accept()) {
                    board.whenState(made, "connected");
                }
                JsonNode stopped = board.whenState(made, "stopped");
                assertThat(stopped.path("startedAt").isNull()).isTrue();
                api.post(made.path() + "/start").ok(200);
            }
            server.accept().close();
        }
    }

    @Test
    void aRefusedConnectionFailsForGoodWhenItShallNotReconnectAndCanBeStartedAgain() throws Exception {
        int port;
        try (PeerServer nobody = PeerServer.listen()) {
            port = nobody.port();
        }
        Made made = board.client("127.0.0.1:" + port, "reconnect", false);
        JsonNode failed = board.whenState(made, "failed");
        assertThat(failed.path("failure").asString()).contains("connection refused");
        api.post(made.path() + "/start").ok(200);
        board.whenState(made, "failed");
        try (PeerServer server = PeerServer.listen(port)) {
            api.post(made.path() + "/start").ok(200);
            try (Peer peer = server.accept()) {
                board.whenState(made, "connected");
            }
        }
    }

    @Test
    void aHostThatNobodyKnowsIsToldAsSuch() {
        Made made = board.client("no-such-host.invalid:7001");
        JsonNode trying =
                board.whenEndpoint(made, endpoint -> endpoint.path("failure").isString());
        assertThat(trying.path("failure").asString()).contains("there is no host of that name");
    }

    @Test
    void stoppingWhileItConnectsLeavesNoAttemptBehind() throws Exception {
        assumeTrue(KernelSockets.known());
        // A listener whose backlog is full does not answer: the attempt hangs.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket first = new Socket(InetAddress.ofLiteral("127.0.0.1"), full.getLocalPort());
                Socket second = new Socket(InetAddress.ofLiteral("127.0.0.1"), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Made made = board.client("127.0.0.1:" + full.getLocalPort());
            await().atMost(Board.PATIENCE).until(() -> KernelSockets.connecting(full.getLocalPort()) == 1);
            JsonNode stopped = api.post(made.path() + "/stop").ok(200);
            assertThat(stopped.path("state").asString()).isEqualTo("stopped");
            assertThat(KernelSockets.connecting(full.getLocalPort())).isZero();
            assertThat(board.connections(made)).isEmpty();
            assertThat(Board.types(board.events("endpoint=" + made.name())))
                    .containsExactly("created", "connecting", "stopped");
        }
    }

    @Test
    void anAttemptThatIsNotAnsweredIsGivenUp() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket first = new Socket(InetAddress.ofLiteral("127.0.0.1"), full.getLocalPort());
                Socket second = new Socket(InetAddress.ofLiteral("127.0.0.1"), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Made made = board.client("127.0.0.1:" + full.getLocalPort());
            JsonNode trying = board.whenEndpoint(
                    made, endpoint -> endpoint.path("failure").isString());
            assertThat(trying.path("failure").asString()).contains("no answer within");
        }
    }

    /** The kernel lets a socket connect to itself, if only its own port is the one it asks for. */
    @Test
    void isNotFooledIntoConnectingToItself() throws Exception {
        int port;
        try (PeerServer nobody = PeerServer.listen()) {
            port = nobody.port();
        }
        Made made = board.client("127.0.0.1:" + port, "bind", "127.0.0.1:" + port, "reconnect", false);
        JsonNode failed = board.whenState(made, "failed");
        assertThat(failed.path("failure").asString()).contains("nobody listens there");
        assertThat(board.connections(made)).isEmpty();
    }

    @Test
    void nothingHappensToAClientAfterItWasStopped() throws Exception {
        try (PeerServer server = PeerServer.listen()) {
            for (int round = 0; round < 30; round++) {
                Made made = board.client(server.address());
                try (Peer peer = server.accept()) {
                    CompletableFuture<Void> losing = Meanwhile.run(() -> {
                        peer.reset();
                    });
                    assertThat(api.post(made.path() + "/stop")
                                    .ok(200)
                                    .path("state")
                                    .asString())
                            .isEqualTo("stopped");
                    losing.get();
                }
                // Another socket of the same loop has had its turn since.
                board.drop(board.server());
                assertThat(board.endpoint(made).path("state").asString()).isEqualTo("stopped");
                assertThat(Board.types(board.events("endpoint=" + made.name())).getLast())
                        .isEqualTo("stopped");
                board.drop(made);
            }
        }
    }
}
