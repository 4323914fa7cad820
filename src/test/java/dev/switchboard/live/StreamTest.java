package dev.switchboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.threads.virtual.enabled=true",
            "spring.mvc.problemdetails.enabled=true",
            "switchboard.starter=false",
            "switchboard.data-dir=${java.io.tmpdir}/switchboard-${random.uuid}",
            // Both go round soon: the ring, so that readers turn to history, and history, so that it forgets.
            "switchboard.capture.max-bytes=1MB",
            "switchboard.history.max-bytes=8MB",
            "switchboard.live.heartbeat=100ms",
            "switchboard.live.max-streams=2"
        })
@Timeout(120)
class StreamTest {

    @Autowired
    private Capture capture;

    @Autowired
    private JsonMapper mapper;

    @Autowired
    @Qualifier(LiveConfiguration.STREAMS)
    private Readers streams;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConnectionKey meter = connection("m", "meter");
    private final ConnectionKey logs = connection("l", "logs");

    private static ConnectionKey connection(String id, String endpoint) {
        return new ConnectionKey(id, endpoint, Transport.TCP, Role.ACCEPTED, "127.0.0.1:9001", "127.0.0.1:50412", 0);
    }

    /** A stream finds out that its reader left when it writes, so something happens until all are gone. */
    @BeforeEach
    void nobodyIsThere() {
        await().untilAsserted(() -> {
            receive(meter, "is anybody there?");
            assertThat(streams.count()).isZero();
        });
    }

    private Chunk receive(ConnectionKey connection, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return capture.moved(connection, Direction.IN, bytes, FrameEnds.whole(bytes.length, Origin.PEER), null);
    }

    private HttpResponse<InputStream> open(String query, String lastEventId) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/stream" + query));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** A reader of server-sent events. Used by one thread. */
    private final class Events implements AutoCloseable {

        private final BufferedReader lines;

        Events(String query, String lastEventId) throws Exception {
            HttpResponse<InputStream> response = open(query, lastEventId);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
        }

        /** The next block that is an event, by field; empty at the end of the stream. */
        Map<String, String> next() throws IOException {
            Map<String, String> block;
            do {
                block = block();
            } while (!block.isEmpty() && !block.containsKey("event"));
            return block;
        }

        /** The next block: an event, or an id alone. */
        Map<String, String> block() throws IOException {
            Map<String, String> fields = new LinkedHashMap<>();
            String line;
            while ((line = lines.readLine()) != null && !line.isEmpty()) {
                String[] field = line.split(": ", 2);
                fields.put(field[0], field[1]);
            }
            return fields;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void writesServerSentEvents() throws Exception {
        try (Events events = new Events("", "")) {
            assertThat(events.block()).containsOnlyKeys("id");
            Chunk chunk = receive(meter, "PING\u00e9");
            LifeCycle event = capture.endpoint("meter", LifeCycle.Kind.BOUND, LifeCycle.Call.BIND, "bind(…) = 0");

            Map<String, String> message = events.next();
            assertThat(message.get("event")).isEqualTo("message");
            assertThat(message.get("id")).isEqualTo(Long.toString(chunk.id()));
            assertThat(mapper.readTree(message.get("data")))
                    .isEqualTo(mapper.valueToTree(MessageView.of(chunk.frame(0), PayloadEncoding.ESCAPED)));
            Map<String, String> lifeCycle = events.next();
            assertThat(lifeCycle.get("event")).isEqualTo("lifecycle");
            assertThat(lifeCycle.get("id")).isEqualTo(Long.toString(event.id()));
            assertThat(mapper.readTree(lifeCycle.get("data"))).isEqualTo(mapper.valueToTree(EventView.of(event)));
        }
    }

    @Test
    void writesOneObjectALineWhenAskedTo() throws Exception {
        HttpResponse<InputStream> response = open("?format=ndjson&encoding=hex", "");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            Chunk chunk = receive(meter, "PING");
            LifeCycle event = capture.endpoint("meter", LifeCycle.Kind.STOPPED, null, "");

            JsonNode message = mapper.readTree(lines.readLine());
            assertThat(message.get("event").stringValue()).isEqualTo("message");
            assertThat(message.get("id").stringValue()).isEqualTo(Long.toString(chunk.id()));
            assertThat(message.get("payload").stringValue()).isEqualTo("50494e47");
            JsonNode lifeCycle = mapper.readTree(lines.readLine());
            assertThat(lifeCycle.get("event").stringValue()).isEqualTo("lifecycle");
            assertThat(lifeCycle.get("id").stringValue()).isEqualTo(Long.toString(event.id()));
            assertThat(lifeCycle.get("type").stringValue()).isEqualTo("stopped");
        }
    }

    @Test
    void filtersByEndpointAndConnection() throws Exception {
        try (Events ofLogs = new Events("?endpoint=logs", "");
                Events ofConnection = new Events("?connection=l", "")) {
            receive(meter, "no");
            capture.endpoint("meter", LifeCycle.Kind.STOPPED, null, "");
            LifeCycle endpoint = capture.endpoint("logs", LifeCycle.Kind.STOPPED, null, "");
            Chunk chunk = receive(logs, "yes");
            assertThat(ofLogs.next().get("id")).isEqualTo(Long.toString(endpoint.id()));
            assertThat(ofLogs.next().get("id")).isEqualTo(Long.toString(chunk.id()));
            assertThat(ofConnection.next().get("id")).isEqualTo(Long.toString(chunk.id()));
        }
    }

    @Test
    void resumesWithoutAHoleOrADoubleWhileTrafficGoesOn() throws Exception {
        int total = 20_000;
        long before = capture.latest();
        CountDownLatch halfWay = new CountDownLatch(1);
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < total; i++) {
                receive(logs, Integer.toString(i));
                if (i == total / 2) {
                    halfWay.countDown();
                }
            }
        });
        List<String> seen = new ArrayList<>();
        String lastId = Long.toString(before);
        boolean first = true;
        while (seen.size() < total) {
            try (Events events = new Events("?endpoint=logs", lastId)) {
                for (int i = 0; i < 4000 && seen.size() < total; i++) {
                    Map<String, String> event = events.next();
                    assertThat(event.get("event")).as(event.toString()).isEqualTo("message");
                    seen.add(mapper.readTree(event.get("data")).get("payload").stringValue());
                    lastId = event.get("id");
                }
            }
            if (first) {
                halfWay.await();
                first = false;
            }
            nobodyIsThere();
        }
        sender.join();
        assertThat(seen)
                .isEqualTo(IntStream.range(0, total).mapToObj(Integer::toString).toList());
    }

    @Test
    void saysHowManyFramesHistoryHadToForgetBeforeItResumed() throws Exception {
        long before = capture.latest();
        String payload = "x".repeat(1000);
        int total = 20_000;
        for (int i = 0; i < total; i++) {
            while (capture.congested()) {
                Thread.onSpinWait();
            }
            receive(logs, payload);
        }
        long last = capture.latest();
        try (Events events = new Events("", Long.toString(before))) {
            Map<String, String> gap = events.next();
            assertThat(gap.get("event")).isEqualTo("gap");
            long skipped = mapper.readTree(gap.get("data")).get("skipped").longValue();
            long shown = 0;
            Map<String, String> message;
            do {
                message = events.next();
                shown++;
            } while (Long.parseLong(message.get("id")) < last);
            assertThat(shown).isPositive();
            assertThat(shown + skipped).isEqualTo(total);
        }
    }

    @Test
    void aReaderThatIsTooSlowIsToldHowMuchItMissed() throws Exception {
        String payload = "x".repeat(1000);
        int total = 40_000;
        try (Events events = new Events("?endpoint=logs", "")) {
            events.block();
            // Nobody reads meanwhile, and it is more than sockets and history hold.
            for (int i = 0; i < total; i++) {
                while (capture.congested()) {
                    Thread.onSpinWait();
                }
                receive(logs, payload);
            }
            LifeCycle end = capture.endpoint("logs", LifeCycle.Kind.STOPPED, null, "");
            long shown = 0;
            long skipped = 0;
            Map<String, String> event = events.next();
            while (!event.get("id").equals(Long.toString(end.id()))) {
                if (event.get("event").equals("gap")) {
                    skipped += mapper.readTree(event.get("data")).get("skipped").longValue();
                } else {
                    shown++;
                }
                event = events.next();
            }
            assertThat(skipped).isPositive();
            assertThat(shown + skipped).isEqualTo(total);
        }
    }

    @Test
    void aReaderThatSawNothingYetKnowsWhereToResume() throws Exception {
        String id;
        try (Events events = new Events("?endpoint=nobody", "")) {
            id = events.block().get("id");
        }
        Chunk missed = receive(meter, "missed");
        try (Events events = new Events("", id)) {
            assertThat(events.next().get("id")).isEqualTo(Long.toString(missed.id()));
        }
    }

    @Test
    void saysThatItIsStillThereWhateverElsePasses() throws Exception {
        try (Events events = new Events("?endpoint=nobody", "")) {
            long began = Long.parseLong(events.block().get("id"));
            long passed;
            do {
                receive(meter, "not for this reader");
                Map<String, String> heartbeat = events.block();
                assertThat(heartbeat).containsOnlyKeys("", "id");
                passed = Long.parseLong(heartbeat.get("id"));
            } while (passed <= began);
        }
        HttpResponse<InputStream> response = open("?format=ndjson&endpoint=nobody", "");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("{\"event\":\"heartbeat\"}");
        }
    }

    @Test
    void endsWhenTheProcessStops() throws Exception {
        try (Events events = new Events("", "")) {
            assertThat(events.block()).containsKey("id");
            streams.stop();
            assertThat(events.next()).isEmpty();
        } finally {
            streams.start();
        }
    }

    @Test
    void thereAreOnlySoManyAtOnce() throws Exception {
        try (Events first = new Events("", "");
                Events second = new Events("", "")) {
            first.block();
            second.block();
            try (InputStream body = assertProblem(open("", ""), 429)) {
                assertThat(mapper.readTree(body).get("detail").stringValue()).contains("switchboard.live.max-streams");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?endpiont=meter, '', endpiont",
        "?endpoint=, '', endpoint",
        "?format=xml, '', format",
        "?encoding=rot13, '', encoding",
        "'', yesterday, Last-Event-ID"
    })
    void namesWhatItCanNotTake(String query, String lastEventId, String field) throws Exception {
        try (InputStream body = assertProblem(open(query, lastEventId), 400)) {
            assertThat(mapper.readTree(body).get("errors").get(0).get("field").stringValue())
                    .isEqualTo(field);
        }
    }

    private static InputStream assertProblem(HttpResponse<InputStream> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return response.body();
    }
}
