package dev.switchboard.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        try (SwitchboardProcess process = SwitchboardProcess.start(work, FEW);
                Api api = Api.of(process)) {
            int port = api.make(ECHO);
            try (Caller before = Caller.of(port)) {
                before.send("before").hears("before");
                List<String> sockets = takeAll(api);
                try (Caller waiting = Caller.of(port).send("waiting")) {
                    api.until(
                            "/api/events?endpoint=echo",
                            events -> events.toString().contains("accept() failed: Too many open files"),
                            "accepting is said to fail");
                    assertThat(coresWhile(process, before)).isLessThan(0.6);
                    assertThat(api.get("/api/endpoints/echo").path("state").asString())
                            .isEqualTo("listening");
                    assertThat(api.get("/actuator/health").path("status").asString())
                            .isEqualTo("UP");

                    for (String socket : sockets) {
                        api.drop(socket);
                    }
                    waiting.hears("waiting");
                }
                before.send("after").hears("after");
                assertThat(api.get("/api/history").path("recording").asBoolean())
                        .isTrue();
            }
        }
    }

    /** Sockets that endpoints open by themselves, until there is no descriptor left. */
    private static List<String> takeAll(Api api) throws Exception {
        // A class that is loaded from a folder takes a descriptor, so the code for it is loaded while there are some.
        int taken = api.make(Map.of("name", "first", "type", "udp", "bind", "127.0.0.1:0"));
        api.post("/api/endpoints", Map.of("name", "second", "type", "udp", "bind", "127.0.0.1:" + taken), 409);
        api.drop("first");
        List<String> sockets = new ArrayList<>();
        while (true) {
            String name = "udp-" + sockets.size();
            Api.Answer answer = api.send(
                    "POST", "/api/endpoints", Map.of("name", name, "type", "udp", "bind", "127.0.0.1:0"), 201, 409);
            if (answer.status() == 409) {
                assertThat(answer.body()).contains("Too many open files");
                return sockets;
            }
            sockets.add(name);
            api.get("/api/events?endpoint=" + name);
        }
    }

    /** How much of a core the process takes while one connection goes on as ever. */
    private static double coresWhile(SwitchboardProcess process, Caller caller) throws Exception {
        long cpu = Proc.cpuNanos(process.pid());
        long began = System.nanoTime();
        try (ScheduledExecutorService calling = Executors.newSingleThreadScheduledExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String line = "during " + i;
                calls.add(calling.schedule(
                        () -> {
                            caller.send(line).hears(line);
                            return null;
                        },
                        i * 10L,
                        TimeUnit.MILLISECONDS));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        return (double) (Proc.cpuNanos(process.pid()) - cpu) / (System.nanoTime() - began);
    }

    @Test
    void thoseWhoAskOverHttpLeaveDescriptorsForWhoListens() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (SwitchboardProcess process = SwitchboardProcess.start(work, FEW);
                Api api = Api.of(process)) {
            int port = api.make(ECHO);
            for (int i = 0; i < 100; i++) {
                crowd.add(new Socket("127.0.0.1", process.port()));
            }
            try (Caller caller = Caller.of(port)) {
                caller.send("hello").hears("hello");
            }
            assertThat(api.get("/api/history").path("recording").asBoolean()).isTrue();
        } finally {
            for (Socket one : crowd) {
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
                        events -> events.toString().contains("ulimit -n"),
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
