package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.UtcMicros;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
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
            "switchboard.data-dir=${java.io.tmpdir}/switchboard-${random.uuid}"
        })
class HistoryApiTest {

    @Autowired
    private Capture capture;

    @Autowired
    private JsonMapper mapper;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();
    private ConnectionKey connection = Traffic.CONNECTIONS.getFirst();

    /** Each test has a connection and an endpoint to itself, so they don't see each other's traffic. */
    @BeforeEach
    void connect(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        connection = new ConnectionKey(
                capture.epoch() + "-" + name,
                name,
                Transport.TCP,
                Role.ACCEPTED,
                "127.0.0.1:9001",
                "127.0.0.1:50412",
                capture.now());
    }

    private Chunk receive(String payload) {
        return move(Direction.IN, Origin.PEER, payload.getBytes(UTF_8));
    }

    private Chunk move(Direction direction, Origin origin, byte[] payload) {
        return capture.moved(connection, direction, payload, FrameEnds.whole(payload.length, origin), null);
    }

    private HttpResponse<byte[]> call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call("GET", path);
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
        return mapper.readTree(response.body());
    }

    private JsonNode find(String filter) throws IOException, InterruptedException {
        return get("/api/messages?connection=" + connection.id() + filter);
    }

    private static List<String> payloads(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("payload").stringValue())
                .toList();
    }

    @Test
    void showsAMessageInTheWordsOfTheContract() throws Exception {
        FrameEnds ends = new FrameEnds.Builder().add(9, 0, 2, Origin.PEER).build();
        byte[] line = "h\u00e9llo!\r\n".getBytes(UTF_8);
        assertThat(line).hasSize(9);
        Chunk chunk = capture.moved(connection, Direction.IN, line, ends, null);

        JsonNode message = get("/api/messages/" + chunk.id());
        assertThat(message).isEqualTo(mapper.readTree("""
                        {"id": "%d", "at": "%s", "endpoint": "%s", "connection": "%s", "transport": "tcp",
                         "direction": "in", "origin": "peer", "local": "127.0.0.1:9001", "remote": "127.0.0.1:50412",
                         "bytes": 7, "wireBytes": 9, "complete": true,
                         "payload": "h\\\\xc3\\\\xa9llo!", "encoding": "escaped"}
                        """.formatted(
                        chunk.id(), UtcMicros.format(chunk.at()), connection.endpoint(), connection.id())));
        JsonNode page = find("");
        assertThat(page.get("items").get(0)).isEqualTo(message);
        assertThat(page.get("captureGap").intValue()).isZero();
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(page.get("complete").booleanValue()).isTrue();
        assertThat(page.get("searchedTo").isNull()).isTrue();
    }

    @Test
    void sumsUp() throws Exception {
        String where = "/api/messages/summary?connection=" + connection.id();
        assertThat(get(where + "&buckets=3")).isEqualTo(mapper.readTree("""
                        {"framesIn": 0, "bytesIn": 0, "framesOut": 0, "bytesOut": 0, "captureGap": 0, "since": null,
                         "until": null, "complete": true, "searchedTo": null, "buckets": []}"""));
        Chunk first = receive("abc");
        move(Direction.OUT, Origin.OPERATOR, "de".getBytes(UTF_8));
        Chunk last = receive("f");
        JsonNode summary = get(where + "&buckets=3");
        assertThat(summary.get("framesIn").intValue()).isEqualTo(2);
        assertThat(summary.get("bytesIn").intValue()).isEqualTo(4);
        assertThat(summary.get("framesOut").intValue()).isEqualTo(1);
        assertThat(summary.get("bytesOut").intValue()).isEqualTo(2);
        assertThat(summary.get("since").stringValue()).isEqualTo(UtcMicros.format(first.at()));
        assertThat(summary.get("until").stringValue()).isGreaterThan(UtcMicros.format(last.at()));
        assertThat(summary.get("buckets").size()).isBetween(1, 3);
        assertThat(summary.get("buckets")
                        .valueStream()
                        .mapToInt(bucket -> bucket.get("bytesIn").intValue())
                        .sum())
                .isEqualTo(4);
        assertThat(summary.get("buckets").get(0).propertyNames())
                .containsExactly("at", "framesIn", "bytesIn", "framesOut", "bytesOut", "missed");
        // What the summary spans is found again by a query for it.
        assertThat(get("/api/messages?endpoint=" + connection.endpoint() + "&since="
                                + summary.get("since").stringValue() + "&until="
                                + summary.get("until").stringValue())
                        .get("items")
                        .size())
                .isEqualTo(3);
        assertThat(get(where + "&contains=d").get("framesOut").intValue()).isOne();
        assertThat(get(where).get("buckets").isEmpty()).isTrue();
    }

    @Test
    void saysHowMuchItKeepsAndWhetherItRecords() throws Exception {
        receive("abc");
        JsonNode state = get("/api/history");
        assertThat(state.get("store").stringValue()).isEqualTo("disk");
        assertThat(state.get("recording").booleanValue()).isTrue();
        assertThat(state.get("outage").isNull()).isTrue();
        assertThat(state.get("lastRun").isNull()).isTrue();
        assertThat(state.get("frames").longValue()).isPositive();
        assertThat(state.get("bytes").longValue()).isPositive();
        assertThat(state.get("maxBytes").longValue()).isPositive();
        assertThat(state.get("maxAge").stringValue()).isEqualTo("7d");
        assertThat(state.get("oldest").stringValue())
                .isLessThanOrEqualTo(state.get("newest").stringValue());
    }

    @Test
    void writesPayloadsInTheEncodingAskedFor() throws Exception {
        Chunk chunk = receive("a\n\u00e9");
        assertThat(get("/api/messages/" + chunk.id() + "?encoding=hex")
                        .get("payload")
                        .stringValue())
                .isEqualTo("610ac3a9");
        assertThat(payloads(find("&encoding=text"))).containsExactly("a\n\u00e9");
        assertThat(payloads(find("&encoding=base64"))).containsExactly("YQrDqQ==");
        assertThat(payloads(find("&encoding=escaped"))).containsExactly("a\\n\\xc3\\xa9");
    }

    @Test
    void givesThePayloadByteForByte() throws Exception {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        Chunk chunk = move(Direction.IN, Origin.PEER, every);
        HttpResponse<byte[]> response = call("GET", "/api/messages/" + chunk.id() + "/payload");
        assertThat(response.body()).isEqualTo(every);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    }

    @Test
    void showsWhatWasLeftOfAnUnfinishedFrame() throws Exception {
        long id = capture.unfinished(connection, Direction.IN, Origin.PEER, "PI".getBytes(UTF_8))
                .id();
        JsonNode message = get("/api/messages/" + id);
        assertThat(message.get("complete").booleanValue()).isFalse();
        assertThat(message.get("payload").stringValue()).isEqualTo("PI");
    }

    @Test
    void filters() throws Exception {
        receive("PING 1");
        Chunk second = receive("PING 2");
        move(Direction.OUT, Origin.RULE, "PONG 1".getBytes(UTF_8));
        move(Direction.OUT, Origin.OPERATOR, "h\u00e9llo\r\n".getBytes(UTF_8));

        assertThat(payloads(find("&direction=in"))).containsExactly("PING 2", "PING 1");
        assertThat(payloads(find("&origin=rule"))).containsExactly("PONG 1");
        assertThat(payloads(find("&contains=NG+1"))).containsExactly("PONG 1", "PING 1");
        assertThat(payloads(find("&contains=" + URLEncoder.encode("\u00e9l", UTF_8))))
                .hasSize(1);
        assertThat(payloads(find("&containsHex=0d%200A"))).hasSize(1);
        assertThat(payloads(find("&contains=PING&containsHex=32"))).containsExactly("PING 2");
        assertThat(payloads(get("/api/messages?endpoint=filters"))).hasSize(4);
        assertThat(payloads(find("&endpoint=another"))).isEmpty();
        assertThat(payloads(find("&until=" + UtcMicros.format(second.at() + 1000))))
                .contains("PING 1");
        assertThat(payloads(find("&until=2001-01-01T00:00:00%2B01:00"))).isEmpty();
        assertThat(payloads(find("&since=2001-01-01T00:00:00Z"))).hasSize(4);
        assertThat(payloads(find("&since=2100-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void pagesThroughAll() throws Exception {
        for (int i = 0; i < 5; i++) {
            receive(Integer.toString(i));
        }
        JsonNode first = find("&limit=2");
        assertThat(payloads(first)).containsExactly("4", "3");
        JsonNode second = find("&limit=2&before=" + first.get("next").stringValue());
        assertThat(payloads(second)).containsExactly("2", "1");
        JsonNode third = find("&limit=2&before=" + second.get("next").stringValue());
        assertThat(payloads(third)).containsExactly("0");
        assertThat(third.get("next").isNull()).isTrue();
        assertThat(find("&limit=5").get("next").isNull()).isTrue();
    }

    @Test
    void forgetsWhatMatchesAndNothingElse() throws Exception {
        receive("keep");
        Chunk secret = receive("secret");
        LifeCycle event = capture.connection(connection, LifeCycle.Kind.ACCEPTED, LifeCycle.Call.ACCEPT, "accept()");

        HttpResponse<byte[]> response =
                call("DELETE", "/api/messages?connection=" + connection.id() + "&contains=secret");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(mapper.readTree(response.body())).isEqualTo(mapper.readTree("{\"deleted\": 1}"));

        assertThat(payloads(find(""))).containsExactly("keep");
        assertThat(call("GET", "/api/messages/" + secret.id()).statusCode()).isEqualTo(404);
        assertThat(get("/api/events?connection=" + connection.id())
                        .get("items")
                        .get(0)
                        .get("id")
                        .stringValue())
                .isEqualTo(Long.toString(event.id()));
    }

    @Test
    void showsTheLifeOfAnEndpointAndItsConnections() throws Exception {
        LifeCycle failed = capture.endpoint(
                connection.endpoint(),
                LifeCycle.Kind.FAILED,
                LifeCycle.Call.BIND,
                "bind(127.0.0.1:9001) failed: address already in use");
        LifeCycle peer = capture.connection(connection, LifeCycle.Kind.PEER_HALF_CLOSED, null, "read() = 0");

        JsonNode page = get("/api/events?endpoint=" + connection.endpoint());
        assertThat(page).isEqualTo(mapper.readTree("""
                        {"items": [
                           {"id": "%d", "at": "%s", "endpoint": "%s", "connection": "%s",
                            "type": "peer-half-closed", "call": null, "detail": "read() = 0"},
                           {"id": "%d", "at": "%s", "endpoint": "%s", "connection": null,
                            "type": "failed", "call": "bind",
                            "detail": "bind(127.0.0.1:9001) failed: address already in use"}],
                         "next": null}
                        """.formatted(
                        peer.id(),
                        UtcMicros.format(peer.at()),
                        connection.endpoint(),
                        connection.id(),
                        failed.id(),
                        UtcMicros.format(failed.at()),
                        connection.endpoint())));
        assertThat(get("/api/events?connection=" + connection.id()).get("items").size())
                .isEqualTo(1);
        JsonNode one = get("/api/events?limit=1&endpoint=" + connection.endpoint());
        assertThat(get("/api/events?endpoint=" + connection.endpoint() + "&before="
                                + one.get("next").stringValue())
                        .get("items")
                        .get(0)
                        .get("type")
                        .stringValue())
                .isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/messages?direction=sideways, direction",
        "GET, /api/messages?origin=me, origin",
        "GET, /api/messages?containsHex=0g, containsHex",
        "GET, /api/messages?since=yesterday, since",
        "GET, /api/messages?until=2026-08-01T12:00:00, until",
        "GET, /api/messages?limit=0, limit",
        "GET, /api/messages?limit=1001, limit",
        "GET, /api/messages?limit=ten, limit",
        "GET, /api/messages?before=abc, before",
        "GET, /api/messages?encoding=rot13, encoding",
        "GET, /api/messages?endpiont=meter, endpiont",
        "GET, /api/messages?endpoint=a&endpoint=b, endpoint",
        "GET, /api/messages?endpoint=, endpoint",
        "GET, /api/messages/1?encodign=hex, encodign",
        "GET, /api/events?type=closed, type",
        "GET, /api/events?since=now, since",
        "DELETE, /api/messages?endpiont=meter, endpiont",
        "DELETE, /api/messages?endpoint=, endpoint",
        "DELETE, /api/messages?limit=5, limit"
    })
    void namesTheParameterThatItCanNotTake(String method, String path, String field) throws Exception {
        Chunk chunk = receive("still here");
        HttpResponse<byte[]> response = call(method, path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = mapper.readTree(response.body());
        assertThat(problem.get("errors").get(0).get("field").stringValue()).isEqualTo(field);
        assertThat(problem.get("errors").get(0).get("message").stringValue()).isNotBlank();
        assertThat(get("/api/messages/" + chunk.id()).get("payload").stringValue())
                .isEqualTo("still here");
    }

    @Test
    void refusesParametersThatAreNotUtf8() throws Exception {
        HttpResponse<byte[]> response = call("GET", "/api/messages?contains=%ff");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/messages/1", "/api/messages/abc", "/api/messages/1/payload"})
    void doesNotKnowMessagesThatNeverWere(String path) throws Exception {
        HttpResponse<byte[]> response = call("GET", path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void describesItselfInTheOpenApiDocument() throws Exception {
        JsonNode paths = get("/v3/api-docs").get("paths");
        JsonNode parameters = paths.get("/api/messages").get("get").get("parameters");
        assertThat(parameters
                        .valueStream()
                        .map(parameter -> parameter.get("name").stringValue()))
                .containsExactlyInAnyOrder(
                        "endpoint",
                        "connection",
                        "direction",
                        "origin",
                        "contains",
                        "containsHex",
                        "since",
                        "until",
                        "encoding",
                        "limit",
                        "before",
                        "after");
        assertThat(paths.get("/api/messages").get("delete").get("description").stringValue())
                .contains("Without any condition");
        assertThat(paths.propertyNames()).contains("/api/messages/{id}", "/api/messages/{id}/payload", "/api/events");
    }

    @Test
    void pagesGoTowardsTheNewerToo() throws Exception {
        for (String payload : List.of("one", "two", "three", "four", "five")) {
            receive(payload);
        }
        JsonNode oldest = find("&limit=2&before=" + find("&limit=3").get("next").stringValue());
        assertThat(payloads(oldest)).containsExactly("two", "one");
        JsonNode next = find("&limit=2&after=" + oldest.get("newer").stringValue());
        assertThat(payloads(next)).containsExactly("four", "three");
        JsonNode last = find("&limit=2&after=" + next.get("newer").stringValue());
        assertThat(payloads(last)).containsExactly("five");
        String newer = last.get("newer").stringValue();
        assertThat(payloads(find("&after=" + newer))).isEmpty();
        receive("six");
        assertThat(payloads(find("&after=" + newer))).containsExactly("six");
        assertThat(call("GET", "/api/messages?after=1&before=2").statusCode()).isEqualTo(400);
        assertThat(call("GET", "/api/messages?after=x").statusCode()).isEqualTo(400);
    }
}
