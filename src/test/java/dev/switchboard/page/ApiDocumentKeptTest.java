package dev.switchboard.page;

import dev.switchboard.Generated;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document that is kept says what the controllers say; springdoc reads them. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "switchboard.starter=false",
            "switchboard.history.store=memory",
            "springdoc.api-docs.enabled=true",
            "springdoc.api-docs.path=/generated",
            "springdoc.paths-to-match=/api/**",
            "springdoc.default-produces-media-type=application/json",
            // A record of query parameters is those parameters.
            "springdoc.default-flat-param-object=true"
        })
@Import(GeneratedApi.class)
class ApiDocumentKeptTest {

    private static final Path KEPT = Path.of("src/main/resources/openapi/openapi.json");

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void dataDir(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    @Test
    void theKeptDocumentIsWhatTheControllersSay() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/generated"))
                    .build();
            String generated = http.send(request, BodyHandlers.ofString()).body();
            String readable = json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(generated));
            Generated.allIsUpToDate(KEPT, readable + "\n", ApiDocumentKeptTest.class);
        }
    }
}
