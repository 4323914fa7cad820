package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.client.RestClient;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds compose.yaml, the file of endpoints it mounts, the Dockerfile and the application against each other. */
class ComposeTest {

    private static final String MOUNTED = "/etc/switchboard/switchboard.yaml";

    private final Map<String, Object> services = service(yaml(Path.of("compose.yaml")), "services");
    private final Map<String, Object> switchboard = service(services, "switchboard");

    @TempDir
    private Path data;

    private static Map<String, Object> yaml(Path file) {
        try {
            return new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> service(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.get(name);
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String name) {
        return (List<String>) switchboard.get(name);
    }

    private Path mounted() {
        return texts("volumes").stream()
                .filter(volume -> volume.endsWith(":" + MOUNTED + ":ro"))
                .map(volume -> Path.of(volume.substring(0, volume.indexOf(':'))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theApplicationHasTheEndpointsThatTheMountedFileDeclares() {
        List<JsonNode> endpoints = endpointsWith(mounted());

        assertThat(endpoints)
                .extracting(endpoint -> endpoint.path("name").asString())
                .containsExactlyInAnyOrder("echo-tcp", "echo-udp", "redis");
        assertThat(endpoints)
                .allSatisfy(endpoint ->
                        assertThat(endpoint.path("declared").asBoolean()).isTrue());
    }

    @Test
    void eachPublishedPortIsThePagesOrThatOfADeclaredEndpoint() {
        Stream<String> declared = endpointsWith(mounted()).stream()
                .filter(endpoint -> endpoint.path("bind").isString())
                .map(endpoint -> endpoint.path("bind").asString().replaceFirst("^0\\.0\\.0\\.0:", "")
                        + (endpoint.path("type").asString().equals("udp") ? "/udp" : ""));

        assertThat(texts("ports").stream().map(port -> port.substring(port.lastIndexOf(':') + 1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("8080"), declared).toList());
    }

    @Test
    void theClientCallsAServiceThatIsThere() {
        assertThat(endpointsWith(mounted()))
                .filteredOn(endpoint -> endpoint.path("remote").isString())
                .extracting(endpoint -> endpoint.path("remote").asString().replaceFirst(":.*", ""))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(services).containsKey(name));
    }

    @Test
    void theFileIsMountedWhereItIsReadAndTheVolumeWhereDataIsKept() throws Exception {
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains("optional:file:" + MOUNTED);
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("SWITCHBOARD_DATA_DIR=/data");
        assertThat(texts("volumes")).contains("data:/data");
    }

    /** As the application says that it has them; ports that are taken on this machine make no difference. */
    private List<JsonNode> endpointsWith(Path file) {
        try (var context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Switchboard.class)
                .properties("server.port=0", "spring.main.banner-mode=off", "switchboard.data-dir=" + data)
                .run("--spring.config.import=file:" + file)) {
            String body = RestClient.create(
                            "http://127.0.0.1:" + context.getWebServer().getPort())
                    .get()
                    .uri("/api/endpoints")
                    .retrieve()
                    .body(String.class);
            return JsonMapper.shared()
                    .readTree(body)
                    .path("items")
                    .valueStream()
                    .toList();
        }
    }
}
