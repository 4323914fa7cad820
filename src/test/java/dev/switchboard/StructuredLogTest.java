package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as JSON, of a process that is set up by a file beside it and by its environment. */
class StructuredLogTest {

    /** Not one that a definition may have: written to the file by somebody else, or by a later version. */
    private static final String ODD_NAME = "odd \\\"name\\\" with\\n\\u001b[31m a line \\u2028 and {braces}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ecs, message", "logstash, message", "gelf, short_message"})
    void eachLineIsOneObjectAndTheInvitationIsAmongThem(String format, String message) throws Exception {
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/endpoints.json"), """
                [{"name": "%s", "type": "udp", "bind": "127.0.0.1:0"}]
                """.formatted(ODD_NAME));
        Files.writeString(folder.resolve("switchboard.yaml"), """
                switchboard:
                  endpoints:
                    - name: meter
                      type: tcp-server
                      bind: 127.0.0.1:0
                """);
        Map<String, String> environment = Map.of(
                "LOGGING_STRUCTURED_FORMAT_CONSOLE", format,
                "SERVER_ADDRESS", "0.0.0.0",
                "SERVER_PORT", "0",
                // What Kubernetes puts there for a service of that name.
                "SWITCHBOARD_PORT", "tcp://10.0.0.1:8080",
                "SWITCHBOARD_SERVICE_HOST", "10.0.0.1",
                "SWITCHBOARD_PORT_8080_TCP_ADDR", "10.0.0.1");
        try (RealProcess process = RealProcess.start(folder, environment)) {
            String invitation = process.until(line -> line.contains("?token="));
            assertThat(JsonMapper.shared().readTree(invitation).path(message).asString())
                    .matches("Open http://.*:\\d+/\\?token=[A-Za-z0-9_-]+ .*");
            assertThat(process.terminate()).isEqualTo(143);
            List<JsonNode> lines = process.said().stream()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(lines).hasSizeGreaterThan(3).allMatch(JsonNode::isObject);
            assertThat(lines)
                    .anyMatch(line -> line.path(message)
                            .asString()
                            .contains("odd \"name\" with\n\u001b[31m a line \u2028 and {braces}"));
            assertThat(process.complained()).isEmpty();
        }
    }
}
