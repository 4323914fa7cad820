package dev.switchboard.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Switchboard's API as scripts use it. An answer of 5xx is never right, but for 504, which tells of a peer. */
public final class Api implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String url;
    private final String token;
    private final LongAdder requests;
    private final HttpClient client;

    /**
     * @param requests counts what is asked
     * @param from our own address, for who is to be taken for somebody else; null for any
     */
    public Api(String url, String token, LongAdder requests, @Nullable InetAddress from) {
        this.url = url;
        this.token = token;
        this.requests = requests;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1);
        if (from != null) {
            builder.localAddress(from);
        }
        this.client = builder.build();
    }

    /** Of a process that asks for no token. */
    public static Api of(SwitchboardProcess process) {
        return new Api(process.url(), "none", new LongAdder(), null);
    }

    /** An answer whose body is text. */
    public record Answer(int status, String body) {

        public JsonNode json() {
            return MAPPER.readTree(body);
        }
    }

    public int port() {
        return URI.create(url).getPort();
    }

    public Api withToken(String other, InetAddress from) {
        return new Api(url, other, requests, from);
    }

    public JsonNode get(String path) throws IOException, Wrong {
        return ask("GET", path, 200).json();
    }

    public JsonNode post(String path, Map<String, ?> body, int... statuses) throws IOException, Wrong {
        return send("POST", path, body, statuses).json();
    }

    public Answer send(String method, String path, Map<String, ?> body, int... statuses) throws IOException, Wrong {
        return ask(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(MAPPER.writeValueAsString(body))),
                statuses);
    }

    public Answer send(String path, byte[] body, int... statuses) throws IOException, Wrong {
        return ask(
                request(path).header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(body)),
                statuses);
    }

    /** @param statuses what may be answered; anything below 500 if none are given */
    public Answer ask(String method, String path, int... statuses) throws IOException, Wrong {
        return ask(request(path).method(method, BodyPublishers.noBody()), statuses);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    public Answer ask(HttpRequest.Builder builder, int... statuses) throws IOException, Wrong {
        HttpRequest request = builder.build();
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        check(request, response.statusCode(), response.body(), statuses);
        return new Answer(response.statusCode(), response.body());
    }

    public byte[] bytes(String path) throws IOException, Wrong {
        HttpRequest request = request(path).GET().build();
        HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
        check(request, response.statusCode(), "", 200);
        return response.body();
    }

    public <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        requests.increment();
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void check(HttpRequest request, int status, String body, int... statuses) throws Wrong {
        boolean expected = statuses.length == 0 && status < 500;
        for (int one : statuses) {
            expected |= status == one;
        }
        Wrong.unless(
                expected,
                "%s %s was answered with %d: %s",
                request.method(),
                request.uri(),
                status,
                body.substring(0, Math.min(300, body.length())));
    }

    public WebSocket live(WebSocket.Listener listener) {
        requests.increment();
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(url.replace("http:", "ws:") + "/ws/live"), listener)
                .join();
    }

    /** Asks again and again until the answer is as it should be. */
    public JsonNode until(String path, Predicate<JsonNode> right, String what) throws Exception {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        try {
            return await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .pollInSameThread()
                    .until(
                            () -> {
                                last.set(get(path));
                                return last.get();
                            },
                            right);
        } catch (ConditionTimeoutException e) {
            throw new Wrong("%s: it never came to be that %s: %s".formatted(path, what, last.get()));
        }
    }

    /** Makes an endpoint on a free port of the loopback, if it is to be bound; the port it got. */
    public int make(Map<String, Object> definition) throws IOException, Wrong {
        String local =
                post("/api/endpoints", definition, 201).path("localAddress").asString("");
        return local.isEmpty() ? 0 : Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
    }

    public void drop(String endpoint) throws IOException, Wrong {
        ask("DELETE", "/api/endpoints/" + endpoint, 204);
    }

    /** The connections it has pooled end with it. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
