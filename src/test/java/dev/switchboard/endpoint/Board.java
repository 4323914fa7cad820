package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.each;
import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.endpoint.Api.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A running Switchboard, worked over its API. */
final class Board {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger names = new AtomicInteger();

    private final Api api;

    Board(Api api) {
        this.api = api;
    }

    Api api() {
        return api;
    }

    /** A name nobody has yet. */
    static String fresh(String stem) {
        return stem + "-" + names.incrementAndGet();
    }

    static Map<String, Object> definition(Object... namesAndValues) {
        return object(namesAndValues);
    }

    /** An endpoint that was made, and the port it got (0 if it is bound to none). */
    record Made(String name, int port) {

        String path() {
            return "/api/endpoints/" + name;
        }

        String messages() {
            return path() + "/messages";
        }
    }

    Made make(Map<String, Object> definition) {
        JsonNode made = api.post("/api/endpoints", definition).ok(201);
        String local = made.path("localAddress").asString("");
        int port = local.isEmpty() ? 0 : Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
        return new Made(made.path("name").asString(), port);
    }

    /** A listener on a free port; further fields may be given. */
    Made server(Object... more) {
        return make("tcp-server", "server", "bind", "127.0.0.1:0", more);
    }

    Made udp(Object... more) {
        return make("udp", "udp", "bind", "127.0.0.1:0", more);
    }

    Made client(String remote, Object... more) {
        return make("tcp-client", "client", "remote", remote, more);
    }

    private Made make(String type, String stem, String field, String address, Object... more) {
        Map<String, Object> definition = object("name", fresh(stem), "type", type, field, address);
        definition.putAll(object(more));
        return make(definition);
    }

    Made framed(Object... framing) {
        return server("framing", object(framing));
    }

    JsonNode endpoint(Made made) {
        return api.get(made.path()).ok(200);
    }

    JsonNode counters(Made made) {
        return endpoint(made).path("counters");
    }

    JsonNode whenEndpoint(Made made, Predicate<JsonNode> condition) {
        return await(made.path()).atMost(PATIENCE).until(() -> endpoint(made), condition);
    }

    JsonNode whenState(Made made, String state) {
        return whenEndpoint(made, endpoint -> endpoint.path("state").asString().equals(state));
    }

    List<JsonNode> connections(Made made) {
        return each(api.get("/api/connections?limit=1000&endpoint=" + made.name())
                .ok(200)
                .path("items"));
    }

    /** The id of its only open connection, once there is one. */
    String connection(Made made) {
        return openConnections(made, 1).getFirst().path("id").asString();
    }

    /** Its open connections, newest first, once there are as many. */
    List<JsonNode> openConnections(Made made, int count) {
        return await("open connections of " + made.name())
                .atMost(PATIENCE)
                .until(
                        () -> each(api.get("/api/connections?limit=1000&state=open&endpoint=" + made.name())
                                .ok(200)
                                .path("items")),
                        found -> found.size() == count);
    }

    JsonNode connection(String id) {
        return api.get("/api/connections/" + id).ok(200);
    }

    JsonNode whenConnection(String id, Predicate<JsonNode> condition) {
        return await("connection " + id).atMost(PATIENCE).until(() -> connection(id), condition);
    }

    JsonNode whenClosed(String id) {
        return whenConnection(
                id, connection -> connection.path("state").asString().equals("closed"));
    }

    /** What the history has of it, oldest first (at most 1000), once there are at least so many. */
    List<JsonNode> messages(String query, int atLeast) {
        List<JsonNode> found = await("messages of " + query)
                .atMost(PATIENCE)
                .until(
                        () -> each(api.get("/api/messages?limit=1000&" + query)
                                .ok(200)
                                .path("items")),
                        items -> items.size() >= atLeast);
        return found.reversed();
    }

    List<String> payloads(String query, int atLeast) {
        return messages(query, atLeast).stream()
                .map(message -> message.path("payload").asString())
                .toList();
    }

    List<String> payloadsIn(Made made, int atLeast) {
        return payloads("direction=in&endpoint=" + made.name(), atLeast);
    }

    List<JsonNode> events(String query) {
        return each(api.get("/api/events?limit=1000&" + query).ok(200).path("items"))
                .reversed();
    }

    /** Its events, oldest first, once one of that type is there. */
    List<JsonNode> eventsUntil(String query, String type) {
        return await(type + " among the events of " + query)
                .atMost(PATIENCE)
                .until(() -> events(query), events -> types(events).contains(type));
    }

    JsonNode event(String query, String type) {
        return eventsUntil(query, type).stream()
                .filter(event -> event.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }

    Answer send(Made made, Object... request) {
        return api.post(made.messages(), object(request));
    }

    Answer sendTo(String connection, Object... request) {
        return api.post("/api/connections/" + connection + "/messages", object(request));
    }

    Answer close(String connection, String query) {
        return api.delete("/api/connections/" + connection + query);
    }

    void drop(Made made) {
        api.delete(made.path()).ok(204);
    }

    /** All that were made here are gone. */
    void dropAll() {
        Map<String, Integer> statuses = new HashMap<>();
        for (JsonNode endpoint :
                each(api.get("/api/endpoints?limit=1000").ok(200).path("items"))) {
            String name = endpoint.path("name").asString();
            if (!endpoint.path("declared").asBoolean()) {
                statuses.put(name, api.delete("/api/endpoints/" + name).status());
            }
        }
        assertThat(statuses.values()).allMatch(status -> status == 204);
    }
}
