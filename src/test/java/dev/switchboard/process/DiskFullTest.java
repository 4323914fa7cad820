package dev.switchboard.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The disk below a process fills up, for real: a small file system of its own. */
class DiskFullTest {

    @TempDir
    private Path work;

    @Test
    void socketsGoOnTheOutageIsSeenAndRecordingResumesOnceThereIsRoom() throws Exception {
        Path data = Files.createDirectory(work.resolve("data"));
        assumeTrue(
                Commands.run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", data.toString()),
                "takes root, to make a small file system");
        try {
            Path ballast = Files.write(data.resolve("ballast"), new byte[4 << 20]);
            try (SwitchboardProcess process = SwitchboardProcess.start(work);
                    Api api = Api.of(process)) {
                int port = api.make(Map.of(
                        "name",
                        "echo",
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        Map.of("type", "lf"),
                        "onReceive",
                        "echo"));
                String much = "x".repeat(100_000);
                try (Caller caller = Caller.of(port)) {
                    JsonNode history = api.get("/api/history");
                    while (history.path("recording").asBoolean()) {
                        caller.send(much).hears(much);
                        history = api.get("/api/history");
                    }
                    assertThat(history.path("outage").path("reason").asString()).contains("is full");
                    for (int i = 0; i < 100; i++) {
                        caller.send("on we go " + i).hears("on we go " + i);
                    }
                    Files.delete(ballast);
                    api.until("/api/history", known -> known.path("recording").asBoolean(), "it records again");
                    caller.send("recorded").hears("recorded");
                    api.until(
                            "/api/messages?endpoint=echo&contains=recorded",
                            page -> page.path("items").size() == 2,
                            "both ways are recorded");
                    assertThat(api.get("/api/messages/summary?endpoint=echo")
                                    .path("captureGap")
                                    .asLong())
                            .isGreaterThanOrEqualTo(200);
                }
            }
        } finally {
            Commands.run("umount", data.toString());
        }
    }
}
