package dev.switchboard.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Switchboard;
import dev.switchboard.endpoint.EndpointSpec;
import dev.switchboard.endpoint.EndpointStatus;
import dev.switchboard.endpoint.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any request, to the real server: it is granted, or refused with a problem+json that says why and shows nothing of the
 * inside. Nothing goes wrong here.
 *
 * <p>An input is a request: method and target, lines of headers, an empty line, the body. Endpoints that nobody can
 * reach, and that reach nobody, are there to be spoken of: {@code lines}, {@code out} and {@code off}.
 */
public final class ApiFuzz {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TARGET = Pattern.compile("/api[/?][!-~]*");
    private static final Pattern INSIDE = Pattern.compile(
            "(?m)^\\s+at [a-z]|\\b(dev\\.switchboard|org\\.springframework|tools\\.jackson|java)\\.[a-z]+|`[A-Z]");

    private static final ServletWebServerApplicationContext APPLICATION = start();
    private static final Endpoints ENDPOINTS = APPLICATION.getBean(Endpoints.class);
    private static final Map<String, EndpointSpec> AT_FIRST = new LinkedHashMap<>();

    static {
        ENDPOINTS.list().forEach(endpoint -> AT_FIRST.put(endpoint.spec().name(), endpoint.spec()));
    }

    private ApiFuzz() {}

    private static ServletWebServerApplicationContext start() {
        try {
            return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Switchboard.class)
                    .properties(
                            "server.port=0",
                            "spring.main.banner-mode=off",
                            "switchboard.starter=false",
                            "switchboard.history.store=memory",
                            "switchboard.history.max-bytes=64MB",
                            "switchboard.egress.deny=0.0.0.0/0,::/0",
                            "switchboard.max-endpoints=20",
                            "switchboard.data-dir=" + Files.createTempDirectory("api-fuzz"),
                            "switchboard.endpoints[0].name=lines",
                            "switchboard.endpoints[0].type=tcp-server",
                            "switchboard.endpoints[0].bind=127.0.0.1:0",
                            "switchboard.endpoints[0].framing.type=lf",
                            "switchboard.endpoints[1].name=out",
                            "switchboard.endpoints[1].type=udp",
                            "switchboard.endpoints[1].bind=127.0.0.1:0",
                            "switchboard.endpoints[2].name=off",
                            "switchboard.endpoints[2].type=tcp-client",
                            "switchboard.endpoints[2].remote=127.0.0.1:9",
                            "switchboard.endpoints[2].autoStart=false")
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        PlainRequest request = PlainRequest.read(input);
        if (request == null || !TARGET.matcher(request.target()).matches()) {
            return;
        }
        PlainAnswer answer = request.send(APPLICATION.getWebServer().getPort());
        try {
            examine(request, answer);
        } finally {
            if (answer.status() < 300 && !request.method().equals("GET")) {
                asAtFirst();
            }
        }
    }

    private static void examine(PlainRequest request, PlainAnswer answer) {
        assertThat(answer.status())
                .as("%s: %s", request.target(), answer.text())
                .isBetween(200, 499);
        if (answer.status() < 400) {
            return;
        }
        // What was asked is said again.
        if (!INSIDE.matcher(request.target() + new String(request.body(), ISO_8859_1))
                .find()) {
            assertThat(answer.text()).doesNotContainPattern(INSIDE);
        }
        if (request.method().equals("HEAD")) {
            return;
        }
        assertThat(answer.header("content-type")).as(answer.text()).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("title").asString("")).isNotBlank();
        assertThat(problem.path("detail").asString("")).isNotBlank();
        if (answer.status() == 422) {
            assertThat(problem.path("errors")).isNotEmpty();
        }
        assertThat(problem.path("errors"))
                .allSatisfy(
                        error -> assertThat(error.path("message").asString("")).isNotBlank());
    }

    /** So that what comes of an input does not depend on those before it. */
    private static void asAtFirst() {
        for (EndpointStatus endpoint : ENDPOINTS.list()) {
            if (!AT_FIRST.containsKey(endpoint.spec().name())) {
                ENDPOINTS.delete(endpoint.spec().name());
            }
        }
        AT_FIRST.forEach((name, spec) -> {
            EndpointStatus found = ENDPOINTS.list().stream()
                    .filter(endpoint -> endpoint.spec().name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                ENDPOINTS.create(spec);
            } else if (!found.spec().equals(spec)) {
                ENDPOINTS.replace(spec);
            }
        });
    }
}
