package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.each;
import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.endpoint.Board.Made;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RestartTest {

    @TempDir
    private Path data;

    private static List<String> names(Board board) {
        return each(board.api().get("/api/endpoints").ok(200).path("items")).stream()
                .map(endpoint -> endpoint.path("name").asString())
                .toList();
    }

    @Test
    void whatWasMadeComesBackAsItWasAndWhatWasDeletedDoesNot() throws Exception {
        String[] declared = {
            "switchboard.endpoints[0].name=first",
            "switchboard.endpoints[0].type=udp",
            "switchboard.endpoints[0].bind=127.0.0.1:0",
        };
        Made server;
        Made stopped;
        String connection;
        try (Running run = Running.on(data, declared)) {
            Board board = run.board();
            server = board.server(
                    "framing",
                    object("type", "delimiter", "delimiter", "\\r\\n\\0"),
                    "onReceive",
                    "echo",
                    "maxFrameBytes",
                    99,
                    "description",
                    "with \"quotes\" and Grüße");
            stopped = board.udp("autoStart", false);
            board.drop(board.udp());
            board.api()
                    .put(
                            server.path(),
                            object(
                                    "type",
                                    "tcp-server",
                                    "bind",
                                    "127.0.0.1:" + server.port(),
                                    "framing",
                                    object("type", "delimiter", "delimiter", "\\r\\n\\0"),
                                    "onReceive",
                                    "echo",
                                    "maxFrameBytes",
                                    99,
                                    "description",
                                    "with \"quotes\" and Grüße"))
                    .ok(200);
            try (Peer peer = Peer.connect(server.port())) {
                connection = board.connection(server);
                run.close();
                // In order, with a FIN.
                peer.seesFin();
            }
        }
        assertThatThrownBy(() -> Peer.connect(server.port())).isInstanceOf(ConnectException.class);

        try (Running again = Running.on(data, declared)) {
            Board board = again.board();
            assertThat(names(board)).containsExactly(stopped.name(), server.name(), "first");
            JsonNode endpoint = board.endpoint(server);
            assertThat(endpoint.path("state").asString()).isEqualTo("listening");
            assertThat(endpoint.path("localAddress").asString()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(endpoint.path("framing").path("delimiter").asString()).isEqualTo("\\r\\n\\0");
            assertThat(endpoint.path("maxFrameBytes").asInt()).isEqualTo(99);
            assertThat(endpoint.path("onReceive").asString()).isEqualTo("echo");
            assertThat(endpoint.path("description").asString()).isEqualTo("with \"quotes\" and Grüße");
            assertThat(endpoint.path("declared").asBoolean()).isFalse();
            assertThat(board.endpoint(stopped).path("state").asString()).isEqualTo("stopped");
            assertThat(board.api()
                            .get("/api/endpoints/first")
                            .ok(200)
                            .path("declared")
                            .asBoolean())
                    .isTrue();
            try (Peer peer = Peer.connect(server.port())) {
                peer.send("hello\r\n\0");
                assertThat(peer.readText(8)).isEqualTo("hello\r\n\0");
                assertThat(board.connection(server)).isNotEqualTo(connection);
            }
        }
    }

    @Test
    void aPortTakenMeanwhileLeavesThatEndpointFailedAndNotTheProcess() throws Exception {
        Made made;
        try (Running run = Running.on(data)) {
            Made free = run.board().server();
            made = run.board()
                    .make(object("name", "fixed", "type", "tcp-server", "bind", "127.0.0.1:" + freed(run, free)));
        }
        try (PeerServer thief = PeerServer.listen(made.port());
                Running again = Running.on(data)) {
            Board board = again.board();
            JsonNode failed = board.endpoint(made);
            assertThat(failed.path("state").asString()).isEqualTo("failed");
            assertThat(failed.path("failure").asString()).contains("address already in use");
            thief.close();
            board.api().post(made.path() + "/start").ok(200);
        }
    }

    private static int freed(Running run, Made made) {
        run.board().drop(made);
        return made.port();
    }

    @Test
    void aFileThatCanNotBeReadStopsTheStartSayingWhatToDo() throws Exception {
        Files.writeString(data.resolve("endpoints.json"), "[{\"nmae\": \"x\"}]");
        assertThatThrownBy(() -> Running.on(data).close()).rootCause().hasMessageContaining("nmae");
        assertThat(Files.readString(data.resolve("endpoints.json"))).contains("nmae");
    }

    @Test
    void aDeclarationThatMakesNoSenseStopsTheStartNamingIt() {
        assertThatThrownBy(() -> Running.on(
                                data,
                                "switchboard.endpoints[0].name=x",
                                "switchboard.endpoints[0].type=tcp-server",
                                "switchboard.endpoints[0].bind=nowhere")
                        .close())
                .hasStackTraceContaining("switchboard.endpoints[0]")
                .hasStackTraceContaining("bind");
    }

    @Test
    void aFirstStartHasSomebodyToTalkTo() throws Exception {
        try (Running run = Running.on(data, "switchboard.starter=true")) {
            Board board = run.board();
            assertThat(names(board)).containsExactlyInAnyOrder("echo-tcp", "echo-udp", "hello");
            // Their ports are fixed and may be taken on this machine; then the endpoint says so.
            assertThat(each(board.api().get("/api/endpoints").ok(200).path("items")))
                    .allSatisfy(endpoint -> assertThat(
                                    endpoint.path("state").asString().equals("failed"))
                            .isEqualTo(endpoint.path("failure").asString("").contains("already in use")));
            board.api().delete("/api/endpoints/echo-udp").ok(204);
        }
        try (Running again = Running.on(data, "switchboard.starter=true")) {
            assertThat(names(again.board())).containsExactlyInAnyOrder("echo-tcp", "hello");
        }
    }

    @Test
    void aFirstStartListensOnTheAddressItIsTold() {
        try (Running run = Running.on(data, "switchboard.starter=true", "switchboard.starter-address=127.9.8.7")) {
            assertThat(each(run.board().api().get("/api/endpoints").ok(200).path("items")))
                    .extracting(endpoint -> endpoint.path("bind").asString(""))
                    .containsExactlyInAnyOrder("127.9.8.7:9001", "127.9.8.7:9002", "");
        }
    }

    @Test
    void anAddressOfTheFirstStartThatMakesNoSenseStopsTheStartNamingIt() {
        assertThatThrownBy(() -> Running.on(data, "switchboard.starter-address=0.0.0.0:9001")
                        .close())
                .hasStackTraceContaining("switchboard.starter-address must be an address without a port");
    }
}
