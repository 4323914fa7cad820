package dev.switchboard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A SIGTERM while everything goes on. */
class TerminationTest {

    private static final int CALLERS = 5;
    private static final int LINES_BEFORE = 500;

    /** What a shell shows of who was ended by signal 15; the JVM ends so after all its shutdown hooks. */
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path work;

    @Test
    void everyLineThatWasEchoedIsInHistoryAfterwardsAndConnectionsEndInOrder() throws Exception {
        List<Talk> talks = new ArrayList<>();
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
            CountDownLatch going = new CountDownLatch(CALLERS * LINES_BEFORE);
            for (int i = 0; i < CALLERS; i++) {
                talks.add(new Talk(i, Caller.of(port), going));
            }
            // Has nothing more to say, and waits for what we do.
            Caller idle = Caller.of(port).send("idle");
            idle.hears("idle");
            going.await();
            process.terminate();
            idle.seesFin();
            assertThat(process.exitsWithin(Duration.ofSeconds(60))).isTrue();
            assertThat(process.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(Files.readString(process.log()))
                    .doesNotContain(" ERROR ")
                    .doesNotContain(" WARN ");
            idle.close();
        }
        try (SwitchboardProcess again = SwitchboardProcess.start(work);
                Api api = Api.of(again)) {
            assertThat(api.get("/api/history").path("lastRun").isNull())
                    .as("it ended in order")
                    .isTrue();
            for (Talk talk : talks) {
                List<String> lines = linesOf(api, talk);
                assertThat(lines.size()).isGreaterThanOrEqualTo(talk.end());
                for (int i = 0; i < lines.size(); i++) {
                    assertThat(lines.get(i)).isEqualTo(talk.line(i));
                }
            }
            JsonNode events = api.get("/api/events?endpoint=echo&limit=100").path("items");
            assertThat(events.findValuesAsString("type").stream().filter("closed"::equals))
                    .hasSize(CALLERS + 1);
            assertThat(events.findValuesAsString("type")).doesNotContain("reset", "failed");
        }
    }

    /** What went out on its connection, oldest first. */
    private static List<String> linesOf(Api api, Talk talk) throws Exception {
        String found = "/api/messages?limit=1000&encoding=text&endpoint=echo&direction=out&contains=" + talk.name;
        List<String> lines = new ArrayList<>();
        String before = "";
        while (before != null) {
            JsonNode page = api.get(found + before);
            for (JsonNode message : page.path("items")) {
                if (message.path("complete").asBoolean()) {
                    lines.addFirst(message.path("payload").asString());
                }
            }
            before = page.path("next").isNull()
                    ? null
                    : "&before=" + page.path("next").asString();
        }
        return lines;
    }

    /** Sends a line after the other until the connection ends, each when the one before has come back. */
    private static final class Talk {

        private final String name;
        private final Thread thread;
        private int echoed;

        private Talk(int number, Caller caller, CountDownLatch going) {
            this.name = "caller-" + number + "-";
            this.thread = Thread.ofVirtual().start(() -> {
                try (caller) {
                    while (true) {
                        caller.send(line(echoed)).hears(line(echoed));
                        echoed++;
                        going.countDown();
                    }
                } catch (IOException | AssertionError ended) {
                    // As it must.
                }
            });
        }

        private String line(int number) {
            return name + number;
        }

        /** How many lines had come back when the connection ended. */
        private int end() throws InterruptedException {
            thread.join();
            return echoed;
        }
    }
}
