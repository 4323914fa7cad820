package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.page.ApiDocument.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds the generated OpenAPI document against the contract, and real answers against the document. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "switchboard.starter=false")
class ApiDocumentTest {

    /** Every path and method of the contract, and no other. */
    private static final List<String> CONTRACT = List.of(
            "GET /api/endpoints",
            "POST /api/endpoints",
            "GET /api/endpoints/{name}",
            "PUT /api/endpoints/{name}",
            "DELETE /api/endpoints/{name}",
            "POST /api/endpoints/{name}/start",
            "POST /api/endpoints/{name}/stop",
            "POST /api/endpoints/{name}/messages",
            "GET /api/connections",
            "GET /api/connections/{id}",
            "DELETE /api/connections/{id}",
            "POST /api/connections/{id}/messages",
            "GET /api/messages",
            "GET /api/messages/summary",
            "GET /api/messages/export",
            "GET /api/messages/{id}",
            "GET /api/messages/{id}/payload",
            "DELETE /api/messages",
            "POST /api/messages/import",
            "GET /api/events",
            "GET /api/stream",
            "GET /api/history");

    /** What OpenAPI can't describe. */
    private static final List<String> WEB_SOCKETS = List.of("/ws/live", "/ws/connections/{id}");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @Autowired
    private JsonMapper json;

    private ApiDocument document;

    @DynamicPropertySource
    static void dataDir(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    @AfterAll
    static void hangUp() {
        HTTP.close();
    }

    @BeforeEach
    void read() throws Exception {
        document = new ApiDocument(json.readTree(get("/v3/api-docs").body()));
    }

    @Test
    void describesTheCallsOfTheContractAndNoOthers() {
        assertThat(document.calls()).extracting(Call::toString).containsExactlyInAnyOrderElementsOf(CONTRACT);
        assertThat(document.root().path("info").path("description").asString()).contains(WEB_SOCKETS);
    }

    @Test
    void saysOfEachCallWhatItDoes() {
        List<String> tags = document.root()
                .path("tags")
                .valueStream()
                .filter(tag -> tag.path("description").asString("").length() > 20)
                .map(tag -> tag.path("name").asString())
                .toList();
        assertThat(document.calls()).allSatisfy(call -> {
            assertThat(call.operation().path("summary").asString("")).isNotBlank();
            assertThat(call.operation().path("description").asString("")).isNotBlank();
            assertThat(call.operation().path("tags").size()).isOne();
            assertThat(call.operation().path("tags").get(0).asString()).isIn(tags);
            assertThat(call.id()).matches("[a-z][A-Za-z]+");
        });
        assertThat(document.calls()).extracting(Call::id).doesNotHaveDuplicates();
    }

    @Test
    void describesEveryParameter() {
        assertThat(document.calls())
                .allSatisfy(call -> assertThat(call.parameters())
                        .allSatisfy(parameter -> assertThat(
                                        parameter.path("description").asString(""))
                                .as(parameter.path("name").asString())
                                .isNotBlank()));
    }

    @Test
    void saysOfEachAnswerWhatItMeansAndInWhichMediaTypeItComes() {
        assertThat(document.calls()).allSatisfy(call -> {
            assertThat(call.responses())
                    .extracting(Map.Entry::getKey)
                    .anyMatch(status -> status.startsWith("2"))
                    .contains("default");
            assertThat(call.responses()).allSatisfy(response -> {
                assertThat(response.getValue().path("description").asString())
                        .isNotBlank()
                        .isNotEqualTo("OK");
                assertThat(response.getValue().path("content").propertyNames()).doesNotContain("*/*");
            });
        });
    }

    @Test
    void describesEveryErrorAsAProblem() {
        assertThat(document.calls())
                .allSatisfy(call -> assertThat(call.responses())
                        .filteredOn(response -> !response.getKey().startsWith("2"))
                        .allSatisfy(response -> assertThat(response.getValue()
                                        .path("content")
                                        .path("application/problem+json")
                                        .path("schema")
                                        .path("$ref")
                                        .asString(""))
                                .as(response.getKey())
                                .isEqualTo("#/components/schemas/Problem")));
    }

    @Test
    void namesSchemasInWordsOfTheField() {
        assertThat(document.schemas())
                .containsExactlyInAnyOrder(
                        "Bucket",
                        "Connection",
                        "ConnectionPage",
                        "Counters",
                        "Deleted",
                        "Endpoint",
                        "EndpointDefinition",
                        "EndpointPage",
                        "Event",
                        "EventPage",
                        "Framing",
                        "History",
                        "Imported",
                        "Message",
                        "MessagePage",
                        "NotSent",
                        "Outage",
                        "Problem",
                        "SendRequest",
                        "SendResult",
                        "Sent",
                        "Summary");
    }

    @Test
    void takesABarePayloadAsBytesOrText() {
        for (String id : List.of("sendThroughEndpoint", "sendToConnection")) {
            JsonNode content = document.call(id).operation().path("requestBody").path("content");
            assertThat(content.propertyNames())
                    .containsExactly("application/json", "application/octet-stream", "text/plain");
            assertThat(content.at("/application~1octet-stream/schema/format").asString())
                    .isEqualTo("binary");
            assertThat(content.at("/text~1plain/schema/type").asString()).isEqualTo("string");
        }
    }

    @Test
    void givesExamplesOfEndpointsThatCanBeMade() throws Exception {
        List<JsonNode> examples = examples("createEndpoint");
        assertThat(examples.size()).isPositive();
        for (JsonNode example : examples) {
            ObjectNode definition = ((ObjectNode) example.get("value")).put("autoStart", false);
            HttpResponse<String> made = send("POST", "/api/endpoints", definition.toString());
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            send("DELETE", "/api/endpoints/" + definition.get("name").asString(), "");
        }
    }

    @Test
    void givesExamplesOfReplacementsThatCanBeMade() throws Exception {
        send("POST", "/api/endpoints", server("replaced"));
        for (JsonNode example : examples("replaceEndpoint")) {
            ObjectNode definition = ((ObjectNode) example.get("value")).put("bind", "127.0.0.1:0");
            HttpResponse<String> replaced = send("PUT", "/api/endpoints/replaced", definition.toString());
            assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
        }
        send("DELETE", "/api/endpoints/replaced", "");
    }

    @Test
    void givesExamplesOfMessagesThatCanBeSent() throws Exception {
        String connection = connected();
        send("POST", "/api/endpoints", """
                {"name": "cards", "type": "udp", "bind": "127.0.0.1:0", "remote": "127.0.0.1:9"}""");
        List<JsonNode> examples = examples("sendThroughEndpoint");
        assertThat(examples.size()).isPositive();
        for (JsonNode example : examples) {
            String to = example.get("value").has("to") ? "cards" : "caller";
            accepts("/api/endpoints/" + to + "/messages", example);
        }
        for (JsonNode example : examples("sendToConnection")) {
            accepts("/api/connections/" + connection + "/messages", example);
        }
        disconnected();
        send("DELETE", "/api/endpoints/cards", "");
    }

    private void accepts(String path, JsonNode example) throws Exception {
        HttpResponse<String> sent = send("POST", path, example.get("value").toString());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    }

    @Test
    void answersInTheShapesItDescribes() throws Exception {
        String connection = connected();
        JsonNode sent = answers("sendThroughEndpoint", send("POST", "/api/endpoints/caller/messages", """
                        {"payload": "PING", "awaitReply": "10s"}"""));
        String message = sent.path("sent").get(0).path("messageId").asString();

        answers("listEndpoints", get("/api/endpoints"));
        answers("getEndpoint", get("/api/endpoints/caller"));
        answers("replaceEndpoint", send("PUT", "/api/endpoints/answerer", server("answerer")));
        answers("listConnections", get("/api/connections"));
        answers("getConnection", get("/api/connections/" + connection));
        answers("findMessages", get("/api/messages?limit=2"));
        answers("sumUpMessages", get("/api/messages/summary?buckets=5"));
        answers("getMessage", get("/api/messages/" + message));
        answers("findEvents", get("/api/events"));
        answers("getHistory", get("/api/history"));
        answers("stopEndpoint", send("POST", "/api/endpoints/caller/stop", ""));
        answers("getConnection", get("/api/connections/" + connection));
        answers("startEndpoint", send("POST", "/api/endpoints/caller/start", ""));
        answers("forgetMessages", send("DELETE", "/api/messages", ""));

        answers("createEndpoint", send("POST", "/api/endpoints", "{"));
        answers("createEndpoint", send("POST", "/api/endpoints", server("answerer")));
        answers("createEndpoint", send("POST", "/api/endpoints", "{\"name\": \"A\", \"type\": \"tcp-server\"}"));
        answers("getEndpoint", get("/api/endpoints/nobody"));
        answers("getConnection", get("/api/connections/nobody"));
        answers("getMessage", get("/api/messages/1"));
        answers("importMessages", send("POST", "/api/messages/import?name=lab", """
                        {"event": "gap", "skipped": 1}"""));
        answers("importMessages", send("POST", "/api/messages/import?name=lab", "nothing"));
        answers("findMessages", get("/api/messages?contain=typo"));
        answers("sumUpMessages", get("/api/messages/summary?buckets=501"));
        answers("findEvents", get("/api/events?since=yesterday"));
        answers("closeConnection", send("DELETE", "/api/connections/" + connection, ""));
        disconnected();
    }

    /** Checks the answer against what the document says of the operation, and gives it back. */
    private JsonNode answers(String operationId, HttpResponse<String> answer) {
        Call call = document.call(operationId);
        String status = Integer.toString(answer.statusCode());
        JsonNode described = call.operation().path("responses").path(status);
        assertThat(described.isObject())
                .as("%s describes %s: %s", call, status, answer.body())
                .isTrue();
        String mediaType =
                answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode schema = described.path("content").path(mediaType).path("schema");
        assertThat(schema.isObject()).as("%s describes %s", call, mediaType).isTrue();
        JsonNode body = json.readTree(answer.body());
        assertThat(document.violations(schema, body, operationId + " " + status))
                .isEmpty();
        return body;
    }

    /** The WebJar's page has its scripts in files; the policy under which they run allows no others. */
    @Test
    void showsThePageOfTheDocumentUnderAStrictPolicy() throws Exception {
        HttpResponse<String> page = get("/swagger-ui/index.html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';")
                .contains("default-src 'self'");
        assertThat(page.body()).contains("<script src=").doesNotContainPattern("<script(?![^>]*\\bsrc=)");
        assertThat(get("/swagger-ui.html").headers().firstValue("Location").orElse(""))
                .endsWith("/swagger-ui/index.html");
    }

    /** A server that echoes and a client of it; gives the client's connection. */
    private String connected() throws Exception {
        JsonNode answerer =
                json.readTree(send("POST", "/api/endpoints", server("answerer")).body());
        send("POST", "/api/endpoints", """
                {"name": "caller", "type": "tcp-client", "remote": "%s", "reconnect": false}""".formatted(
                        answerer.path("localAddress").asString()));
        // It connects in its own time; the stream tells when.
        try (var lines = HTTP.send(
                        request("/api/stream?endpoint=caller&format=ndjson")
                                .header("Last-Event-ID", "0")
                                .build(),
                        BodyHandlers.ofLines())
                .body()) {
            return lines.map(json::readTree)
                    .filter(event -> event.path("type").asString("").equals("connected"))
                    .map(event -> event.path("connection").asString())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void disconnected() throws Exception {
        send("DELETE", "/api/endpoints/caller", "");
        send("DELETE", "/api/endpoints/answerer", "");
    }

    private static String server(String name) {
        return """
                {"name": "%s", "type": "tcp-server", "bind": "127.0.0.1:0", "onReceive": "echo"}""".formatted(name);
    }

    private List<JsonNode> examples(String operationId) {
        List<JsonNode> examples = new ArrayList<>();
        document.call(operationId)
                .operation()
                .at("/requestBody/content/application~1json/examples")
                .forEach(examples::add);
        return examples;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
