package dev.switchboard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody else takes the port of an endpoint while the process is away. */
class StolenPortTest {

    @TempDir
    private Path work;

    @Test
    void theEndpointSaysSoAndIsBackWhenAskedToStartOnceThePortIsFree() throws Exception {
        int port = SwitchboardProcess.freePort();
        try (SwitchboardProcess process = SwitchboardProcess.start(work);
                Api api = Api.of(process)) {
            api.make(Map.of(
                    "name",
                    "echo",
                    "type",
                    "tcp-server",
                    "bind",
                    "127.0.0.1:" + port,
                    "framing",
                    Map.of("type", "lf"),
                    "onReceive",
                    "echo"));
            try (Caller caller = Caller.of(port)) {
                caller.send("before").hears("before");
            }
        }
        ServerSocket thief = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        try (thief;
                SwitchboardProcess again = SwitchboardProcess.start(work);
                Api api = Api.of(again)) {
            JsonNode failed = api.get("/api/endpoints/echo");
            assertThat(failed.path("state").asString()).isEqualTo("failed");
            assertThat(failed.path("failure").asString()).contains("address already in use");
            assertThat(api.ask("POST", "/api/endpoints/echo/start", 409).body()).contains("address already in use");

            thief.close();
            assertThat(api.ask("POST", "/api/endpoints/echo/start", 200)
                            .json()
                            .path("state")
                            .asString())
                    .isEqualTo("listening");
            try (Caller caller = Caller.of(port)) {
                caller.send("after").hears("after");
            }
        }
    }
}
