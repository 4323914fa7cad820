package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md} lists every property, as the records say it that take them. */
class ConfigurationDocumentTest {

    private static final Map<String, String> KINDS = Map.of(
            "java.lang.String", "text",
            "java.lang.Integer", "whole number",
            "java.lang.Boolean", "true or false",
            "java.time.Duration", "duration",
            "org.springframework.util.unit.DataSize", "size",
            "java.nio.file.Path", "folder",
            "java.util.List<java.lang.String>", "list",
            "dev.switchboard.history.HistoryProperties$Store", "`disk` or `memory`");

    /** The list as a whole: its parts are listed. */
    private static final String ENDPOINTS = "switchboard.endpoints";

    @Test
    void theDocumentListsEveryProperty() throws Exception {
        List<JsonNode> properties = properties();
        assertThat(properties).hasSizeGreaterThan(30);
        String table = "| property | variable | | default | what it is |\n|---|---|---|---|---|\n"
                + properties.stream().map(ConfigurationDocumentTest::row).collect(Collectors.joining());
        Generated.isUpToDate(Path.of("docs/configuration.md"), table, ConfigurationDocumentTest.class);
    }

    @Test
    void everyPropertySaysWhatItIsAndOfWhatKind() throws Exception {
        assertThat(properties()).allSatisfy(property -> {
            assertThat(property.path("description").asString(""))
                    .as("%s", property)
                    .isNotBlank();
            assertThat(KINDS).containsKey(property.path("type").asString());
        });
    }

    private static List<JsonNode> properties() throws Exception {
        try (InputStream in = Switchboard.class.getResourceAsStream("/" + KnownSettings.METADATA)) {
            JsonNode metadata = JsonMapper.shared().readTree(in);
            return StreamSupport.stream(metadata.path("properties").spliterator(), false)
                    .filter(property -> !property.path("name").asString().equals(ENDPOINTS))
                    .sorted(Comparator.comparing(
                            property -> property.path("name").asString()))
                    .toList();
        }
    }

    private static String row(JsonNode property) {
        String name = property.path("name").asString();
        String given = property.has("defaultValue")
                ? "`" + property.path("defaultValue").asString() + "`"
                : "";
        return "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                        name,
                        KnownSettings.variable(name),
                        KINDS.get(property.path("type").asString()),
                        given,
                        sentence(property.path("description").asString()));
    }

    private static String sentence(String description) {
        String text = description.replaceAll("\\{@code ([^}]*)}", "`$1`").replace("|", "\\|");
        return text.startsWith("`") || text.startsWith("tcp-")
                ? text
                : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
