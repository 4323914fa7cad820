package dev.switchboard.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process that may open few files, and peers that take all of them. */
class DescriptorsTest {

    private static final int MOST = 320;
    private static final List<String> FEW = List.of("bash", "-c", "ulimit -n " + MOST + "; exec \"$@\"", "bash");
    private static final Map<String, Object> ECHO = Map.of(
            "name",
            "echo",
            "type",
            "tcp-server",
            "bind",
            "127.0.0.1:0",
            "framing",
            Map.of("type", "lf"),
            "onReceive",
            "echo");

    @TempDir
    private Path work;

    @BeforeEach
    void onLinux() {
        assumeTrue(Proc.known(), "takes /proc, to see what is open");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "takes bash, to limit what may be open");
    }

    @Test
    void acceptingWaitsWithoutSpinningWhileThereIsNoDescriptorAndGoesOnOnceThereIs() throws Exception {
        List<AutoCloseable> crowd = new ArrayList<>();
        try (SwitchboardProcess process = SwitchboardProcess.start(work, FEW);
                Api api = Api.of(process)) {
            int port = api.make(ECHO);
            try (Caller before = Caller.of(port)) {
                before.send("before").hears("before");
                for (int i = 0; i < MOST; i++) {
                    crowd.add(new Socket("127.0.0.1", process.port()));
                }
                while (Proc.descriptors(process.pid()) < MOST) {
                    Thread.onSpinWait();
                }
                Caller waiting = Caller.of(port).send("waiting");
                crowd.add(waiting);
                api.until(
                        "/api/events?endpoint=echo",
                        events -> events.toString().contains("Too many open files"),
                        "accepting is said to fail");
                long cpu = Proc.cpuNanos(process.pid());
                long began = System.nanoTime();
                for (int i = 0; i < 300; i++) {
                    before.send("during " + i).hears("during " + i);
                    Thread.sleep(10);
                }
                double cores = (double) (Proc.cpuNanos(process.pid()) - cpu) / (System.nanoTime() - began);
                assertThat(cores).as("of a core, while it waits").isLessThan(0.6);
                assertThat(api.get("/api/endpoints/echo").path("state").asString())
                        .isEqualTo("listening");

                for (AutoCloseable one : crowd) {
                    if (one != waiting) {
                        one.close();
                    }
                }
                waiting.hears("waiting");
                try (Caller after = Caller.of(port)) {
                    after.send("after").hears("after");
                }
                JsonNode health = api.get("/actuator/health");
                assertThat(health.path("status").asString()).isEqualTo("UP");
            }
            System.out.println(Files.readString(process.log()));
        } finally {
            for (AutoCloseable one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void connectionsOfPeersLeaveDescriptorsForThePageAndForHistory() throws Exception {
        List<Caller> crowd = new ArrayList<>();
        try (SwitchboardProcess process = SwitchboardProcess.start(work, FEW)) {
            try (Api api = Api.of(process)) {
                int port = api.make(ECHO);
                for (int i = 0; i < MOST; i++) {
                    try {
                        crowd.add(Caller.of(port));
                    } catch (java.io.IOException refused) {
                        assertThat(refused).hasMessageContaining("reset");
                    }
                }
                api.until(
                        "/api/events?endpoint=echo",
                        events -> events.toString().contains("files"),
                        "there are too many");
            }
            // Over a connection that it has yet to accept.
            try (Api api = Api.of(process)) {
                api.ask("GET", "/", 200);
                assertThat(api.get("/api/history").path("recording").asBoolean())
                        .isTrue();
            }
        } finally {
            for (Caller one : crowd) {
                one.close();
            }
        }
    }
}
