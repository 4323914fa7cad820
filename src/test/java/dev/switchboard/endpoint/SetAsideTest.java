package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {

    @TempDir
    private Path data;

    @Test
    void whatCouldNotComeBackStaysWrittenDown() throws Exception {
        Path file = data.resolve("endpoints.json");
        Files.writeString(file, """
                [{"name": "shadowed", "type": "tcp-server", "bind": "127.0.0.1:0"},
                 {"name": "odd", "type": "udp", "bind": "nonsense"}]
                """);
        try (Running running = Running.on(
                data,
                "switchboard.endpoints[0].name=shadowed",
                "switchboard.endpoints[0].type=udp",
                "switchboard.endpoints[0].bind=127.0.0.1:0")) {
            Api api = running.board().api();
            api.post("/api/endpoints", object("name", "odd-not", "type", "udp", "bind", "127.0.0.1:0"))
                    .ok(201);
            assertThat(Files.readString(file)).contains("tcp-server", "nonsense", "odd-not");
            api.post("/api/endpoints", object("name", "odd", "type", "udp", "bind", "127.0.0.1:0"))
                    .ok(201);
            assertThat(Files.readString(file)).contains("tcp-server").doesNotContain("nonsense");
        }
    }
}
