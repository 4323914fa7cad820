package dev.switchboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.threads.virtual.enabled=true",
            "switchboard.starter=false",
            "switchboard.data-dir=${java.io.tmpdir}/switchboard-${random.uuid}",
            // The ring goes round soon, so what a slow reader missed comes out of history.
            "switchboard.capture.max-bytes=1MB",
            "switchboard.live.max-clients=3"
        })
@Timeout(120)
class LiveSocketTest {

    @Autowired
    private Capture capture;

    @Autowired
    @Qualifier(LiveConfiguration.CLIENTS)
    private Readers clients;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConnectionKey meter = connection("m", "meter");
    private final ConnectionKey logs = connection("l", "logs");

    private static ConnectionKey connection(String id, String endpoint) {
        return new ConnectionKey(id, endpoint, Transport.TCP, Role.ACCEPTED, "127.0.0.1:9001", "127.0.0.1:50412", 0);
    }

    /** Whoever left is gone from the server, too. */
    @BeforeEach
    void nobodyIsThere() {
        await().untilAsserted(() -> assertThat(clients.count()).isZero());
    }

    private LiveFeed feed(String query) {
        return new LiveFeed(http, port, query);
    }

    private Chunk receive(ConnectionKey connection, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return capture.moved(connection, Direction.IN, bytes, FrameEnds.whole(bytes.length, Origin.PEER), null);
    }

    private static List<String> column(JsonNode batch, String name) {
        return batch.get("messages")
                .get(name)
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static List<String> columns(List<JsonNode> batches, String name) {
        return batches.stream().flatMap(batch -> column(batch, name).stream()).toList();
    }

    private static long skipped(List<JsonNode> batches) {
        return batches.stream()
                .mapToLong(batch -> batch.get("skipped").longValue())
                .sum();
    }

    private static List<String> lifeCycles(List<JsonNode> batches) {
        return batches.stream()
                .flatMap(batch -> batch.get("lifecycle").valueStream())
                .map(event -> event.get("id").stringValue())
                .toList();
    }

    @Test
    void saysHelloFirst() throws Exception {
        Chunk before = receive(meter, "before");
        try (LiveFeed feed = feed("")) {
            JsonNode hello = feed.next("hello");
            assertThat(hello.get("epoch").stringValue()).isEqualTo(capture.epoch());
            assertThat(hello.get("latest").stringValue()).isEqualTo(Long.toString(before.id()));
            assertThat(hello.get("counters").get("framesIn").longValue()).isPositive();
        }
    }

    @Test
    void showsWhatHappensFromThenOnInOrderAndOnce() throws Exception {
        receive(meter, "before");
        try (LiveFeed feed = feed("")) {
            JsonNode hello = feed.next("hello");
            List<String> expected = new ArrayList<>();
            long last = 0;
            for (int i = 0; i < 200; i++) {
                last = receive(meter, "message " + i).id();
                expected.add("message " + i);
            }
            List<JsonNode> batches = feed.drawnUpTo(last);
            assertThat(columns(batches, "preview")).isEqualTo(expected);
            assertThat(skipped(batches)).isZero();
            long at = Long.parseLong(hello.get("latest").stringValue());
            for (JsonNode batch : batches) {
                assertThat(batch.get("from").stringValue()).isEqualTo(Long.toString(at + 1));
                at = Long.parseLong(batch.get("to").stringValue());
            }
        }
    }

    @Test
    void countersOfABatchHoldEverythingUpToItsEnd() throws Exception {
        try (LiveFeed feed = feed("")) {
            JsonNode before = feed.next("hello").get("counters");
            long last = 0;
            for (int i = 0; i < 1000; i++) {
                last = receive(meter, "four").id();
            }
            JsonNode after = feed.drawnUpTo(last).getLast().get("counters");
            assertThat(after.get("framesIn").longValue()
                            - before.get("framesIn").longValue())
                    .isEqualTo(1000);
            assertThat(after.get("bytesIn").longValue() - before.get("bytesIn").longValue())
                    .isEqualTo(4000);
            assertThat(after.get("captureGap").longValue()).isZero();
        }
    }

    @Test
    void shownAndSkippedAddUpToWhatHappened() throws Exception {
        try (LiveFeed feed = feed("")) {
            feed.next("hello");
            long last = 0;
            for (int i = 0; i < 20_000; i++) {
                last = receive(meter, "message " + i).id();
            }
            List<JsonNode> batches = feed.drawnUpTo(last);
            List<String> ids = columns(batches, "id");
            assertThat(ids.size() + skipped(batches)).isEqualTo(20_000);
            assertThat(ids).isSorted().doesNotHaveDuplicates();
            assertThat(batches)
                    .allSatisfy(batch -> assertThat(column(batch, "id")).hasSizeLessThanOrEqualTo(250));
            assertThat(skipped(batches)).isPositive();
        }
    }

    @Test
    void aNarrowFilterGetsEveryRowAndAllOfTheLifeCycle() throws Exception {
        try (LiveFeed feed = feed("")) {
            feed.next("hello");
            feed.say(
                    "{\"type\":\"filter\",\"endpoint\":\"logs\",\"connection\":null,\"direction\":\"in\",\"contains\":\"ERROR\"}");
            feed.beHeard();
            List<String> wanted = new ArrayList<>();
            List<String> events = new ArrayList<>();
            long last = 0;
            for (int i = 0; i < 20_000; i++) {
                receive(meter, "an ERROR elsewhere");
                last = receive(logs, i % 200 == 0 ? "ERROR " + i : "fine").id();
                if (i % 200 == 0) {
                    wanted.add(Long.toString(last));
                    LifeCycle event = capture.connection(meter, LifeCycle.Kind.PEER_HALF_CLOSED, null, "read() = 0");
                    events.add(Long.toString(event.id()));
                }
            }
            List<JsonNode> batches = feed.drawnUpTo(last);
            assertThat(columns(batches, "id")).isEqualTo(wanted);
            assertThat(skipped(batches)).isZero();
            assertThat(lifeCycles(batches)).isEqualTo(events);

            feed.say("{\"type\":\"filter\"}");
            feed.beHeard();
            Chunk any = receive(meter, "any");
            assertThat(columns(feed.drawnUpTo(any.id()), "preview")).containsExactly("any");
        }
    }

    @Test
    void waitsWithFourBatchesUnacknowledgedAndThenCatchesUpInOne() throws Exception {
        try (LiveFeed feed = feed("")) {
            feed.next("hello");
            JsonNode fourth = null;
            for (int i = 0; i < 4; i++) {
                receive(meter, "shown");
                fourth = feed.next("batch");
            }
            long last = pushNoticeably(feed);
            feed.acknowledge(fourth);
            JsonNode fifth = feed.nextDrawn();
            assertThat(column(fifth, "id")).hasSize(10);
            assertThat(fifth.get("to").stringValue()).isEqualTo(Long.toString(last));
        }
    }

    /** Ten messages with some time between them, so that a server that does not hold back would show some earlier. */
    private long pushNoticeably(LiveFeed feed) throws InterruptedException {
        long last = 0;
        for (int i = 0; i < 10; i++) {
            last = receive(meter, "later").id();
            feed.beHeard();
        }
        return last;
    }

    @Test
    void showsNothingWhilePausedAndThenCatchesUpInOneBatch() throws Exception {
        try (LiveFeed feed = feed("")) {
            feed.next("hello");
            feed.say("{\"type\":\"pause\"}");
            feed.beHeard();
            long last = pushNoticeably(feed);
            feed.say("{\"type\":\"resume\"}");
            JsonNode batch = feed.nextDrawn();
            assertThat(column(batch, "id")).hasSize(10);
            assertThat(batch.get("to").stringValue()).isEqualTo(Long.toString(last));
        }
    }

    @Test
    void readersOfTheSameAreGivenTheSameAndTheirCountsStayExact() throws Exception {
        try (LiveFeed one = feed("");
                LiveFeed other = feed("");
                LiveFeed elsewhere = feed("")) {
            for (LiveFeed feed : List.of(one, other, elsewhere)) {
                feed.next("hello");
            }
            elsewhere.say("{\"type\":\"filter\",\"endpoint\":\"logs\"}");
            elsewhere.beHeard();
            boolean shared = false;
            // They meet when both are awake in one tick, which a busy machine may put off.
            while (!shared) {
                long last = 0;
                for (int i = 0; i < 20_000; i++) {
                    last = receive(i % 2 == 0 ? meter : logs, "message " + i).id();
                }
                List<JsonNode> first = one.drawnUpTo(last);
                List<JsonNode> second = other.drawnUpTo(last);
                List<JsonNode> narrow = elsewhere.drawnUpTo(last);
                for (List<JsonNode> batches : List.of(first, second)) {
                    assertThat(columns(batches, "id")).isSorted().doesNotHaveDuplicates();
                    assertThat(columns(batches, "id").size() + skipped(batches)).isEqualTo(20_000);
                }
                assertThat(columns(narrow, "endpoint")).containsOnly("logs");
                assertThat(columns(narrow, "id").size() + skipped(narrow)).isEqualTo(10_000);
                // Which rows are shown is left to chance: two batches made apart would differ.
                shared = second.stream().anyMatch(first::contains);
            }
        }
    }

    @Test
    void whatTheRingNoLongerHoldsComesOutOfHistory() throws Exception {
        try (LiveFeed feed = feed("")) {
            feed.next("hello");
            feed.say("{\"type\":\"filter\",\"contains\":\"needle\"}");
            feed.say("{\"type\":\"pause\"}");
            feed.beHeard();
            List<String> needles = new ArrayList<>();
            List<String> events = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                while (capture.congested()) {
                    Thread.onSpinWait();
                }
                receive(meter, "hay".repeat(30));
                if (i % 100 == 0) {
                    needles.add(Long.toString(receive(meter, "needle").id()));
                }
                if (i % 5 == 0) {
                    LifeCycle event = capture.endpoint("meter", LifeCycle.Kind.LISTENING, null, "listen()");
                    events.add(Long.toString(event.id()));
                }
            }
            long last = capture.latest();
            feed.say("{\"type\":\"resume\"}");
            List<JsonNode> batches = feed.drawnUpTo(last);
            assertThat(columns(batches, "id")).isEqualTo(needles);
            assertThat(lifeCycles(batches)).isEqualTo(events);
            assertThat(skipped(batches)).isZero();
        }
    }

    @Test
    void resumesWhereItLeftOff() throws Exception {
        Chunk seen = receive(meter, "seen");
        receive(meter, "missed");
        LifeCycle event = capture.connection(meter, LifeCycle.Kind.HALF_CLOSED, LifeCycle.Call.SHUTDOWN, "");
        try (LiveFeed feed = feed("?since=" + seen.id() + "&epoch=" + capture.epoch())) {
            feed.next("hello");
            Chunk now = receive(meter, "new");
            List<JsonNode> batches = feed.drawnUpTo(now.id());
            assertThat(columns(batches, "preview")).containsExactly("missed", "new");
            assertThat(lifeCycles(batches)).containsExactly(Long.toString(event.id()));
            assertThat(batches.getFirst().get("from").stringValue()).isEqualTo(Long.toString(seen.id() + 1));
        }
    }

    @Test
    void resumesInTheMiddleOfAChunk() throws Exception {
        FrameEnds ends = new FrameEnds.Builder()
                .add(1, 0, 0, Origin.PEER)
                .add(2, 0, 0, Origin.PEER)
                .add(3, 0, 0, Origin.PEER)
                .build();
        Chunk chunk = capture.moved(meter, Direction.IN, "abc".getBytes(UTF_8), ends, null);
        try (LiveFeed feed = feed("?since=" + chunk.id())) {
            feed.next("hello");
            assertThat(columns(feed.drawnUpTo(chunk.lastId()), "preview")).containsExactly("b", "c");
        }
    }

    @Test
    void beginsWithNowAfterAnotherRunOfTheProcess() throws Exception {
        Chunk old = receive(meter, "old");
        try (LiveFeed feed = feed("?since=" + (old.id() - 1) + "&epoch=another")) {
            feed.next("hello");
            Chunk now = receive(meter, "new");
            assertThat(columns(feed.drawnUpTo(now.id()), "preview")).containsExactly("new");
        }
    }

    @Test
    void saysWhatItDidNotUnderstandAndStays() throws Exception {
        try (LiveFeed feed = feed("?since=yesterday")) {
            feed.next("hello");
            assertThat(feed.next("error").get("detail").stringValue()).contains("since");
            feed.say("{\"type\":\"shout\"}");
            assertThat(feed.next("error").get("detail").stringValue()).contains("ack, filter, pause, resume");
            feed.say("{\"type\":\"ack\",\"to\":\"1\"}");
            assertThat(feed.next("error").get("detail").stringValue()).contains("no batch up to 1");
            feed.sayInBinary(new byte[] {1, 2});
            assertThat(feed.next("error").get("detail").stringValue()).contains("text");
            Chunk now = receive(meter, "still here");
            assertThat(columns(feed.drawnUpTo(now.id()), "preview")).containsExactly("still here");
        }
    }

    @Test
    void sendsAwayOneTooMany() throws Exception {
        List<LiveFeed> feeds = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                feeds.add(feed(""));
                feeds.getLast().next("hello");
            }
            try (LiveFeed oneTooMany = feed("")) {
                assertThat(oneTooMany.closed()).startsWith("1013 ").contains("switchboard.live.max-clients");
            }
            feeds.removeLast().close();
            await().untilAsserted(() -> assertThat(clients.count()).isEqualTo(2));
            feeds.add(feed(""));
            feeds.getLast().next("hello");
        } finally {
            feeds.forEach(LiveFeed::close);
        }
    }

    @Test
    void sendsEverybodyAwayWhenTheProcessStops() throws Exception {
        try (LiveFeed idle = feed("");
                LiveFeed paused = feed("")) {
            idle.next("hello");
            paused.next("hello");
            paused.say("{\"type\":\"pause\"}");
            paused.beHeard();
            clients.stop();
            assertThat(idle.closed()).startsWith("1001");
            assertThat(paused.closed()).startsWith("1001");
        } finally {
            clients.start();
        }
    }

    @Test
    void countsConnectionsAndErrors() throws Exception {
        try (LiveFeed feed = feed("")) {
            JsonNode before = feed.next("hello").get("counters");
            List<ConnectionKey> opened = IntStream.range(0, 3)
                    .mapToObj(i -> connection("counted-" + i, "meter"))
                    .toList();
            opened.forEach(key -> capture.connection(key, LifeCycle.Kind.ACCEPTED, LifeCycle.Call.ACCEPT, "accept()"));
            capture.connection(opened.getFirst(), LifeCycle.Kind.FRAMING_ERROR, null, "");
            LifeCycle end = capture.ended(opened.getFirst(), null, "", CloseReason.FRAMING_ERROR);
            JsonNode after = feed.drawnUpTo(end.id()).getLast().get("counters");
            assertThat(after.get("connectionsOpen").intValue()
                            - before.get("connectionsOpen").intValue())
                    .isEqualTo(2);
            assertThat(after.get("errors").longValue() - before.get("errors").longValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void turnsPagesOfOtherOriginsAway() {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> http.newWebSocketBuilder()
                        .header("Origin", "http://elsewhere.example")
                        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/live"), new WebSocket.Listener() {})
                        .join())
                .withCauseInstanceOf(WebSocketHandshakeException.class);
    }
}
