package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What several do to one thing at once. Whoever comes first wins; nothing is left half done. */
class RacesTest extends OnOneBoard {

    private static List<Integer> atOnce(List<java.util.concurrent.Callable<Api.Answer>> calls) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        List<CompletableFuture<Api.Answer>> asked = calls.stream()
                .map(call -> Meanwhile.ask(() -> {
                    barrier.await();
                    return call.call();
                }))
                .toList();
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<Api.Answer> answer : asked) {
            statuses.add(answer.get().status());
        }
        return statuses;
    }

    @Test
    void oneOfManyThatMakeTheSameNameSucceeds() throws Exception {
        for (int round = 0; round < 10; round++) {
            Map<String, Object> definition =
                    object("name", Board.fresh("same"), "type", "tcp-server", "bind", "127.0.0.1:0");
            List<java.util.concurrent.Callable<Api.Answer>> calls = new ArrayList<>();
            IntStream.range(0, 6).forEach(i -> calls.add(() -> api.post("/api/endpoints", definition)));
            assertThat(atOnce(calls)).containsOnlyOnce(201).containsOnly(201, 409);
        }
    }

    @Test
    void oneOfManyThatWantTheSamePortSucceeds() throws Exception {
        for (int round = 0; round < 10; round++) {
            int port;
            try (PeerServer free = PeerServer.listen()) {
                port = free.port();
            }
            List<String> names = new ArrayList<>();
            List<java.util.concurrent.Callable<Api.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = Board.fresh("port");
                names.add(name);
                Map<String, Object> definition =
                        object("name", name, "type", "tcp-server", "bind", "127.0.0.1:" + port);
                calls.add(() -> api.post("/api/endpoints", definition));
            }
            List<Integer> statuses = atOnce(calls);
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
            String file = Files.readString(DATA.resolve("endpoints.json"));
            for (int i = 0; i < names.size(); i++) {
                assertThat(file.contains("\"" + names.get(i) + "\"")).isEqualTo(statuses.get(i) == 201);
                assertThat(api.get("/api/endpoints/" + names.get(i)).status())
                        .isEqualTo(statuses.get(i) == 201 ? 200 : 404);
            }
            board.dropAll();
        }
    }

    @Test
    void startsStopsReplacementsAndADeletionOfOneNameLeaveNothingHalfDone() throws Exception {
        for (int round = 0; round < 15; round++) {
            Made made = board.server();
            try (Peer peer = Peer.connect(made.port())) {
                List<Integer> statuses = atOnce(List.of(
                        () -> api.post(made.path() + "/stop"),
                        () -> api.post(made.path() + "/start"),
                        () -> api.put(made.path(), object("type", "udp", "bind", "127.0.0.1:0")),
                        () -> api.put(
                                made.path(),
                                object("type", "tcp-server", "bind", "127.0.0.1:0", "framing", object("type", "lf"))),
                        () -> board.send(made, "payload", "x"),
                        () -> api.post(made.path() + "/stop"),
                        () -> api.delete(made.path())));
                assertThat(List.of(200, 204, 404, 409, 422)).containsAll(statuses);
                assertThat(statuses.getLast()).isEqualTo(204);
            }
            api.get(made.path()).problem(404);
            assertThat(board.connections(made))
                    .allMatch(connection -> connection.path("state").asString().equals("closed"));
            assertThat(Files.readString(DATA.resolve("endpoints.json"))).doesNotContain("\"" + made.name() + "\"");
            // Its port and its flows are free again.
            board.drop(
                    board.make(object("name", made.name(), "type", "tcp-server", "bind", "127.0.0.1:" + made.port())));
        }
    }

    @Test
    void aConnectionThatIsClosedWhileManySendIsClosedOnceAndEveryOneIsAnswered() throws Exception {
        Made made = board.framed("type", "lf");
        for (int round = 0; round < 15; round++) {
            try (Peer peer = Peer.connect(made.port())) {
                String id = board.connection(made);
                String how = round % 3 == 0 ? "" : round % 3 == 1 ? "?how=reset" : "?how=half";
                List<java.util.concurrent.Callable<Api.Answer>> calls = new ArrayList<>();
                IntStream.range(0, 6).forEach(i -> calls.add(() -> board.sendTo(id, "payload", "x", "repeat", 20)));
                calls.add(() -> board.close(id, how));
                calls.add(() -> board.close(id, how));
                List<Integer> statuses = atOnce(calls);
                assertThat(List.of(200, 204, 409)).containsAll(statuses);
                peer.close();
                board.whenClosed(id);
                JsonNode known = board.connection(id);
                assertThat(Board.types(board.events("connection=" + id)).stream()
                                .filter(type -> type.equals("closed") || type.equals("reset")))
                        .hasSize(1);
                assertThat(board.messages("direction=out&connection=" + id, 0).stream()
                                .filter(message -> message.path("complete").asBoolean()))
                        .hasSize(known.path("framesOut").asInt());
            }
        }
    }

    @Test
    void peersThatConnectWhileTheEndpointStopsAreAllLetGo() throws Exception {
        for (int round = 0; round < 10; round++) {
            Made made = board.server();
            List<CompletableFuture<Void>> connecting = IntStream.range(0, 20)
                    .mapToObj(i -> Meanwhile.run(() -> {
                        try (Peer peer = Peer.connect(made.port())) {
                            peer.readAll();
                        } catch (java.io.IOException refusedOrReset) {
                            assertThat(refusedOrReset.getMessage()).containsAnyOf("refused", "reset");
                        }
                    }))
                    .toList();
            api.post(made.path() + "/stop").ok(200);
            for (CompletableFuture<Void> one : connecting) {
                one.get();
            }
            assertThat(board.counters(made).path("connectionsOpen").asInt()).isZero();
            assertThat(board.connections(made))
                    .allMatch(connection -> connection.path("state").asString().equals("closed"));
        }
    }

    @Test
    void datagramsSentWhileTheEndpointStopsLeaveNoPeerBehind() throws Exception {
        try (PostBox box = PostBox.open()) {
            for (int round = 0; round < 20; round++) {
                Made made = board.udp();
                List<Integer> statuses = atOnce(List.of(
                        () -> board.send(made, "payload", "a", "to", box.address()),
                        () -> board.send(made, "payload", "b", "to", box.address()),
                        () -> api.post(made.path() + "/stop")));
                assertThat(statuses).allMatch(status -> status == 200 || status == 409);
                assertThat(board.counters(made).path("connectionsOpen").asInt()).isZero();
                board.openConnections(made, 0);
            }
        }
    }
}
