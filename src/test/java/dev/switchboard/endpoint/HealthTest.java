package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whether it is alive, and whether it is ready. */
@Timeout(120)
class HealthTest {

    private static final String HEALTH = "/actuator/health";
    private static final String ALIVE = HEALTH + "/liveness";
    private static final String READY = HEALTH + "/readiness";
    private static final String DETAIL = HEALTH + "/detail";

    @TempDir
    private Path data;

    private static void is(Api api, String path, int status) {
        assertThat(api.get(path).status())
                .as("%s: %s", path, api.get(DETAIL).text())
                .isEqualTo(status);
    }

    private static JsonNode detail(Api api, int status, String component) {
        JsonNode found = api.get(DETAIL).ok(status);
        for (String name : component.split("\\.")) {
            found = found.path("components").path(name);
        }
        return found;
    }

    /** One where nobody listens. */
    private static int somePort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return gone.getLocalPort();
        }
    }

    @Test
    void aDeclaredEndpointWhosePortIsTakenIsNotReadyUntilItIsStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Running run = Running.on(
                        data,
                        "switchboard.endpoints[0].name=meter",
                        "switchboard.endpoints[0].type=tcp-server",
                        "switchboard.endpoints[0].bind=127.0.0.1:" + taken.getLocalPort())) {
            Api api = run.board().api();
            is(api, READY, 503);
            is(api, HEALTH, 503);
            is(api, ALIVE, 200);
            JsonNode meter = detail(api, 503, "endpoints.meter");
            assertThat(meter.path("status").asString()).isEqualTo("DOWN");
            assertThat(meter.path("details").path("state").asString()).isEqualTo("failed");
            assertThat(meter.path("details").path("failure").asString()).contains("address already in use");

            taken.close();
            api.post("/api/endpoints/meter/start").ok(200);
            is(api, READY, 200);
            is(api, HEALTH, 200);
            assertThat(detail(api, 200, "endpoints.meter")
                            .path("details")
                            .path("localAddress")
                            .asString())
                    .isEqualTo("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void whoOnlyAsksForTheStatusIsToldNoMore() {
        try (Running run = Running.on(
                data,
                "switchboard.endpoints[0].name=meter",
                "switchboard.endpoints[0].type=udp",
                "switchboard.endpoints[0].bind=127.0.0.1:0")) {
            for (String path : List.of(HEALTH, ALIVE, READY)) {
                JsonNode health = run.board().api().get(path).ok(200);
                assertThat(health.path("status").asString()).isEqualTo("UP");
                assertThat(health.has("components")).as(path).isFalse();
            }
        }
    }

    @Test
    void whatWasMadeOverTheApiIsNoReasonNotToBeReady() throws Exception {
        int port = somePort();
        try (Running run = Running.on(data)) {
            run.board().server("bind", "127.0.0.1:" + port);
        }
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Running run = Running.on(data)) {
            assertThat(run.board().api().get("/api/endpoints").text()).contains("address already in use");
            is(run.board().api(), READY, 200);
            assertThat(taken.isBound()).isTrue();
        }
    }

    @Test
    void aClientWhosePeerIsNotThereIsReadyAndSaysWhatItWaitsFor() throws Exception {
        int nobody = somePort();
        try (Running run = Running.on(
                data,
                "switchboard.endpoints[0].name=caller",
                "switchboard.endpoints[0].type=tcp-client",
                "switchboard.endpoints[0].remote=127.0.0.1:" + nobody)) {
            Api api = run.board().api();
            await().atMost(Board.PATIENCE)
                    .until(() -> detail(api, 200, "endpoints.caller")
                            .path("details")
                            .path("failure")
                            .asString()
                            .contains("nobody listens there"));
            is(api, READY, 200);
        }
    }

    @Test
    void aStoreThatCantBeWrittenIsAliveAndNotReadyUntilItCan() throws Exception {
        Path inTheWay = Files.writeString(data.resolve("history"), "a file where a folder should be");
        try (Running run = Running.on(data)) {
            Api api = run.board().api();
            is(api, READY, 503);
            is(api, ALIVE, 200);
            JsonNode store = detail(api, 503, "store");
            assertThat(store.path("details").path("reason").asString()).contains("is not a folder");
            assertThat(Scrape.of(api).value("switchboard_history_recording")).isZero();

            Files.delete(inTheWay);
            // A store that is asked to record tries again.
            await().atMost(Board.PATIENCE).until(() -> api.get(READY).status() == 200);
            assertThat(Scrape.of(api).value("switchboard_history_recording")).isEqualTo(1);
        }
    }

    @Test
    void aLoopThatHangsOrHasEndedIsNotAlive() throws Exception {
        Loop loop = new Loop("pulse");
        LoopPulse pulse = new LoopPulse(List.of(loop), Duration.ZERO);
        assertThat(pulse.trouble()).isEmpty();
        CountDownLatch stuck = new CountDownLatch(1);
        loop.execute(() -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(Board.PATIENCE)
                .untilAsserted(() -> assertThat(pulse.trouble())
                        .hasValueSatisfying(why -> assertThat(why).contains("busy")));
        stuck.countDown();
        await().atMost(Board.PATIENCE)
                .untilAsserted(() -> assertThat(pulse.trouble()).isEmpty());
        loop.close();
        await().atMost(Board.PATIENCE)
                .untilAsserted(() -> assertThat(pulse.trouble()).contains("pulse has ended"));
    }
}
