package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as somebody outside sees it. */
final class Api {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    Api(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /** What came back. */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        /** It succeeded so; its body. */
        JsonNode ok(int expected) {
            assertThat(status).as("%s", text()).isEqualTo(expected);
            return body.length == 0 ? JSON.nullNode() : json();
        }

        /** It is a problem (RFC 9457) of this status; its body. */
        JsonNode problem(int expected) {
            assertThat(status).as("%s", text()).isEqualTo(expected);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            JsonNode problem = json();
            assertThat(problem.path("status").asInt()).isEqualTo(expected);
            assertThat(problem.path("title").asString()).isNotBlank();
            assertThat(problem.path("detail").asString()).isNotBlank();
            assertThat(text()).doesNotContain("\tat ").doesNotContain("Exception");
            return problem;
        }

        /** It is a problem that names these fields, with something to say about each. */
        JsonNode problem(int expected, String... fields) {
            JsonNode problem = problem(expected);
            assertThat(each(problem.path("errors")).stream()
                            .map(error -> error.path("field").asString()))
                    .as("%s", problem)
                    .containsExactlyInAnyOrder(fields);
            assertThat(each(problem.path("errors")))
                    .allSatisfy(error ->
                            assertThat(error.path("message").asString()).isNotBlank());
            return problem;
        }
    }

    /** An object of alternating names and values. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    Answer get(String path) {
        return exchange(request(path).GET());
    }

    Answer delete(String path) {
        return exchange(request(path).DELETE());
    }

    Answer post(String path) {
        return exchange(request(path).POST(BodyPublishers.noBody()));
    }

    Answer post(String path, Map<String, Object> body) {
        return post(path, "application/json", JSON.writeValueAsBytes(body));
    }

    Answer post(String path, String type, byte[] body) {
        return exchange(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    Answer put(String path, Map<String, Object> body) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT);
    }

    private static Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
