package dev.switchboard.libraries;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks <a href="https://google.github.io/osv.dev/post-v1-querybatch/">OSV</a> which libraries have known
 * vulnerabilities: all at once, and in all no longer than {@code patience}.
 */
final class Osv {

    /** What OSV takes in one request. */
    private static final int MOST = 1000;

    private static final JsonMapper JSON = new JsonMapper();

    private final URI batch;
    private final Duration patience;

    Osv(URI server, Duration patience) {
        this.batch = server.resolve("/v1/querybatch");
        this.patience = patience;
    }

    private record Query(Library library, String page) {

        Map<String, Object> json() {
            Map<String, String> named = Map.of("purl", library.purl());
            return page.isEmpty() ? Map.of("package", named) : Map.of("package", named, "page_token", page);
        }
    }

    /** @throws IllegalStateException if it does not understand us, which is our fault */
    List<Vulnerability> of(List<Library> libraries) throws OsvUnavailableException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Vulnerability> found = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            try {
                List<Query> open = libraries.stream()
                        .map(library -> new Query(library, ""))
                        .toList();
                while (!open.isEmpty()) {
                    List<Query> now = open.subList(0, Math.min(MOST, open.size()));
                    List<Query> later = new ArrayList<>(open.subList(now.size(), open.size()));
                    later.addAll(read(now, ask(client, now, deadline), found));
                    open = later;
                }
            } finally {
                // Else closing would wait for what is under way.
                client.shutdownNow();
            }
        }
        return found;
    }

    private JsonNode ask(HttpClient client, List<Query> queries, long deadline)
            throws OsvUnavailableException, InterruptedException {
        byte[] question = JSON.writeValueAsBytes(
                Map.of("queries", queries.stream().map(Query::json).toList()));
        HttpRequest request = HttpRequest.newBuilder(batch)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(question))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return json(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new OsvUnavailableException("no answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new OsvUnavailableException("it can't be reached: " + reason(e.getCause()));
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws OsvUnavailableException {
        if (answer.statusCode() == 400) {
            throw new IllegalStateException("OSV does not understand what it is asked: " + new String(answer.body()));
        }
        if (answer.statusCode() != 200) {
            throw new OsvUnavailableException("it answered " + answer.statusCode());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new OsvUnavailableException("what it answered is not JSON");
        }
    }

    /** @return what is to be asked for the rest of long answers */
    private static List<Query> read(List<Query> asked, JsonNode answer, List<Vulnerability> found)
            throws OsvUnavailableException {
        JsonNode results = answer.path("results");
        if (!results.isArray() || results.size() != asked.size()) {
            throw new OsvUnavailableException("what it answered has not one result for each library");
        }
        List<Query> rest = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Library library = asked.get(i).library();
            for (JsonNode vulnerability : results.get(i).path("vulns")) {
                String id = vulnerability.path("id").asString("");
                if (id.isEmpty()) {
                    throw new OsvUnavailableException("what it answered has a vulnerability without an id");
                }
                found.add(new Vulnerability(library, id));
            }
            String next = results.get(i).path("next_page_token").asString("");
            if (!next.isEmpty() && !next.equals(asked.get(i).page())) {
                rest.add(new Query(library, next));
            }
        }
        return rest;
    }
}
