package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class DefinitionFileTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @TempDir
    private Path directory;

    private static List<EndpointDefinition> definitions(String... names) {
        return List.of(names).stream()
                .map(name -> JSON.readValue(
                        "{\"name\":\"%s\",\"type\":\"udp\",\"bind\":\"127.0.0.1:0\"}".formatted(name),
                        EndpointDefinition.class))
                .toList();
    }

    @Test
    void isEmptyUntilSomethingIsWrittenAndThenNeverAgain() throws IOException {
        DefinitionFile file = new DefinitionFile(directory, JSON);
        assertThat(file.read()).isEmpty();
        file.write(List.of());
        assertThat(file.read()).contains(List.of());
    }

    @Test
    void givesBackWhatWasWrittenLastAndMakesItsDirectory() throws IOException {
        Path deep = directory.resolve("not/yet/there");
        new DefinitionFile(deep, JSON).write(definitions("a", "b", "c"));
        new DefinitionFile(deep, JSON).write(definitions("b", "a"));
        assertThat(new DefinitionFile(deep, JSON).read()).contains(definitions("b", "a"));
        try (var files = Files.list(deep)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aWriteThatFailsLeavesTheOldOne() throws IOException {
        DefinitionFile file = new DefinitionFile(directory, JSON);
        file.write(definitions("a"));
        Files.createDirectory(directory.resolve("endpoints.json.new"));
        assertThatThrownBy(() -> file.write(definitions("b"))).isInstanceOf(IOException.class);
        assertThat(file.read()).contains(definitions("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[null]", "{}", "[{\"nmae\":\"x\"}]", "[{\"name\":\"x\"", "nonsense"})
    void saysWhatToDoWithAFileItDidNotWrite(String content) throws IOException {
        Files.writeString(directory.resolve("endpoints.json"), content);
        assertThatThrownBy(() -> new DefinitionFile(directory, JSON).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("endpoints.json")
                .hasMessageContaining("mend it, or move it away")
                .message()
                .doesNotContain("java.util", "dev.switchboard");
    }
}
