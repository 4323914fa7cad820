package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.Switchboard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other versions left behind. {@code stores} in the test resources has the data directory of one of each schema,
 * in which a client called {@code kept}, said three lines and heard them again.
 */
class UpgradeTest {

    private static final Path STORES = Path.of("src", "test", "resources", "stores");

    @TempDir
    private Path data;

    static Stream<Path> stores() throws IOException {
        try (Stream<Path> stores = Files.list(STORES)) {
            return stores.sorted().toList().stream();
        }
    }

    private ServletWebServerApplicationContext start() {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Switchboard.class)
                .properties("server.port=0", "spring.main.banner-mode=off", "switchboard.data-dir=" + data)
                // What was kept does not grow too old to be kept.
                .run("--switchboard.history.max-age=36500d");
    }

    private static JsonNode get(ServletWebServerApplicationContext running, String path) {
        return JsonMapper.shared()
                .readTree(RestClient.create(
                                "http://127.0.0.1:" + running.getWebServer().getPort())
                        .get()
                        .uri(path)
                        .retrieve()
                        .body(String.class));
    }

    private static List<String> texts(JsonNode page, String field) {
        return page.path("items")
                .valueStream()
                .map(item -> item.path(field).asString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatEachVersionKeptIsThereAfterAStart(Path store) throws Exception {
        FileSystemUtils.copyRecursively(store, data);

        try (var running = start()) {
            assertThat(texts(get(running, "/api/messages?endpoint=kept&encoding=text"), "payload"))
                    .containsExactly("line 2", "line 2", "line 1", "line 1", "line 0", "line 0");
            assertThat(texts(get(running, "/api/events?endpoint=kept&until=2026-11-25T00:00:00Z"), "type"))
                    .contains("listening", "accepted", "peer-half-closed", "closed", "stopped");
            JsonNode kept = get(running, "/api/endpoints/kept");
            assertThat(kept.path("state").asString()).isEqualTo("listening");
            assertThat(kept.path("description").asString()).isEqualTo("made before an upgrade");
        }

        assertThat(schema(data)).isEqualTo(LogIndex.SCHEMA);
    }

    @Test
    void aStoreOfEachSchemaIsKept() throws Exception {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/history"))) {
            assertThat(scripts.map(script -> script.getFileName().toString().replaceFirst("V(\\d+)__.*", "schema-$1")))
                    .containsExactlyInAnyOrderElementsOf(
                            stores().map(store -> store.getFileName().toString())
                                    .toList())
                    .contains("schema-" + LogIndex.SCHEMA);
        }
        for (Path store : stores().toList()) {
            FileSystemUtils.copyRecursively(store, data);
            assertThat("schema-" + schema(data)).isEqualTo(store.getFileName().toString());
            FileSystemUtils.deleteRecursively(data);
        }
    }

    @Test
    void aStoreOfANewerVersionIsRefusedInASentenceAndLeftAsItIs() throws Exception {
        FileSystemUtils.copyRecursively(STORES.resolve("schema-" + LogIndex.SCHEMA), data);
        index(
                "INSERT INTO flyway_schema_history VALUES (99, '99', 'x', 'SQL', 'V99__x.sql', 1, 'x', '2030-01-01', 1, 1)");
        Map<String, Long> before = files();

        assertThatThrownBy(() -> start().close())
                .rootCause()
                .hasMessageContaining("was written by a newer Switchboard")
                .hasMessageContaining("index.db")
                .hasMessageContaining("start that version or a later one");

        assertThat(files()).isEqualTo(before);
    }

    private void index(String change) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("history/index.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(change);
        }
    }

    private static int schema(Path data) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("history/index.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")) {
            return row.getInt(1);
        }
    }

    /** By name, a sum of what is in them; the lock file is whoever's starts. */
    private Map<String, Long> files() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .forEach(file -> files.put(data.relativize(file).toString(), sum(file)));
        }
        return files;
    }

    private static long sum(Path file) {
        CRC32 sum = new CRC32();
        try {
            sum.update(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.getValue();
    }
}
