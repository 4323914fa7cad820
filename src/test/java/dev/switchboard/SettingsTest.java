package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is configured wrongly is named, with what it may be, and nothing starts. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

    @TempDir
    private Path folder;

    private void doesNotStart(String... arguments) {
        SpringApplication application = new SpringApplication(Switchboard.class);
        String[] all = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--spring.main.banner-mode=off",
                                "--switchboard.data-dir=" + folder.resolve("data")),
                        Stream.of(arguments))
                .toArray(String[]::new);
        assertThatThrownBy(() -> application.run(all).close()).isInstanceOf(RuntimeException.class);
    }

    private static void says(CapturedOutput output, String sentence) {
        assertThat(output.getOut()).contains("APPLICATION FAILED TO START").contains(sentence);
        assertThat(output.getOut()).contains("docs/configuration.md");
        assertThat(output.getOut()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "backlog=many | switchboard.backlog must be a whole number, not \"many\"",
                "backlog=0 | switchboard.backlog must be from 1 to 65535, not 0",
                "max-queued=lots | switchboard.max-queued must be a size, such as 512KB, 4MB or 2GB, not \"lots\"",
                "max-queued=1B | switchboard.max-queued must be at least 1KB, not 1B",
                "send-timeout=soon | switchboard.send-timeout must be a length of time, such as 500ms, 5s or 1h, not \"soon\"",
                "send-timeout=-1s | switchboard.send-timeout must be at least 10ms, not -1000ms",
                "starter=perhaps | switchboard.starter must be true or false, not \"perhaps\"",
                "history.store=tape | switchboard.history.store must be disk or memory, not \"tape\"",
                "history.flush-interval=1h | switchboard.history.flush-interval must be from 10ms to 1m, not 3600000ms",
                "capture.max-bytes=1KB | switchboard.capture.max-bytes must be at least 1MB, not 1024B",
                "live.max-clients=0 | switchboard.live.max-clients must be at least 1, not 0",
                "max-request-size=1B | switchboard.max-request-size must be at least 1KB, not 1B",
                "max-queued=1B | not 1B (\"switchboard.max-queued\" from property source \"commandLineArgs\")",
                "egress.allow=10.0.0.0/8,nowhere | (\"switchboard.egress.allow\" from property source \"commandLineArgs\")",
                "half-close-linger=400000d | switchboard.half-close-linger must be at most 36500d, not 400000d",
                "silent-timeout=9999999999999d | switchboard.silent-timeout must be at most 36500d, not 9999999999999d",
                "history.query-timeout=9999999999999d | A length of time under switchboard.history is longer than can be",
                "endpoints[1].name=b | There is switchboard.endpoints[1].name",
                "endpoints[1].name=b | and none with the number before",
                "access.token=a b | switchboard.access.token has characters that",
                "egress.deny=nowhere | switchboard.egress.deny[0]: \"nowhere\" is not a range of addresses",
                "max-endpoint=5 | There is no property switchboard.max-endpoint",
                "max-endpoint=5 | did you mean switchboard.max-endpoints?",
                "histroy.max-bytes=1GB | did you mean switchboard.history.max-bytes?",
                "endpoints[0].nane=meter | did you mean switchboard.endpoints[].name?",
            })
    void aWrongValueIsNamedWithWhatItMayBe(String argument, String sentence, CapturedOutput output) {
        doesNotStart("--switchboard." + argument.strip());
        says(output, sentence.strip());
    }

    @Test
    void everyTypoInAFileIsNamedAndWhereItStands(CapturedOutput output) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                switchboard:
                  max-endpoint: 5
                  history:
                    max-size: 1GB
                """);
        doesNotStart("--spring.config.import=file:" + file);
        says(output, "There is no property switchboard.max-endpoint");
        says(output, "There is no property switchboard.history.max-size");
        says(output, "mine.yaml");
        says(output, " - 2:");
    }

    @Test
    void anEndpointThatIsDeclaredWronglyIsNamedWithAllThatIsWrong(CapturedOutput output) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                switchboard:
                  endpoints:
                    - name: meter
                      type: tcp-server
                      bind: 127.0.0.1:0
                    - name: Bad Name
                      type: tcp-server
                      bind: nowhere
                      framing.type: morse
                """);
        doesNotStart("--spring.config.import=file:" + file);
        assertThat(output.getOut())
                .contains("switchboard.endpoints[1]: name: 'Bad Name' can't be a name")
                .contains("bind: ")
                .contains("framing.type: ")
                .doesNotContain("\tat ");
    }

    @Test
    void aSystemPropertyOfSomebodyElseIsLeftAloneAndOneThatIsNearlyAPropertyIsNot(CapturedOutput output) {
        System.setProperty("switchboard.of-somebody-else", "1");
        System.setProperty("switchboard.backlogs", "5");
        try {
            doesNotStart();
            says(output, "There is no property switchboard.backlogs");
            assertThat(output.getOut()).doesNotContain("of-somebody-else");
        } finally {
            System.clearProperty("switchboard.of-somebody-else");
            System.clearProperty("switchboard.backlogs");
        }
    }

    @Test
    void aFolderInPlaceOfTheFileIsNotTakenForNoFile() throws Exception {
        Path file = Files.createDirectory(folder.resolve("switchboard.yaml"));
        try (RealProcess process = RealProcess.start(folder, Map.of("SERVER_PORT", "0"))) {
            assertThat(process.ended()).isEqualTo(1);
            assertThat(String.join("\n", process.said()))
                    .contains(file + " is a folder, and should be a file with settings")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFileThatIsNoYamlIsNamedWithTheLine() throws Exception {
        Path file = Files.writeString(folder.resolve("switchboard.yaml"), "switchboard:\n\tbacklog: 7\n");
        try (RealProcess process = RealProcess.start(folder, Map.of("SERVER_PORT", "0"))) {
            assertThat(process.ended()).isEqualTo(1);
            assertThat(String.join("\n", process.said()))
                    .contains(file + ", line 2, column 1 is no YAML: found character")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anEmptyVariableLeavesTheFolderOfDataWhereItIsByDefault() throws Exception {
        Map<String, String> environment =
                Map.of("SWITCHBOARD_DATA_DIR", "", "SERVER_PORT", "0", "SWITCHBOARD_STARTER_ADDRESS", "127.0.0.37");
        try (RealProcess process = RealProcess.start(folder, environment)) {
            process.until(line -> line.contains("Open http"));
            assertThat(folder.resolve("data/history")).isDirectory();
            assertThat(process.terminate()).isEqualTo(143);
        }
        assertThat(folder.resolve("data/endpoints.json")).exists();
    }

    @Test
    void aVariableThatIsNearlyAPropertyIsNamed() throws Exception {
        try (RealProcess process = RealProcess.start(folder, Map.of("SWITCHBOARD_MAX_ENDPIONTS", "5"))) {
            assertThat(process.ended()).isEqualTo(1);
            assertThat(String.join("\n", process.said()))
                    .contains("There is no property for the variable SWITCHBOARD_MAX_ENDPIONTS: did you mean"
                            + " SWITCHBOARD_MAX_ENDPOINTS?");
        }
    }

    @Test
    void aVariableWithAWrongValueIsNamedWithThePropertyItStandsFor() throws Exception {
        try (RealProcess process =
                RealProcess.start(folder, Map.of("SWITCHBOARD_HISTORY_MAX_BYTES", "lots", "SERVER_PORT", "0"))) {
            assertThat(process.ended()).isEqualTo(1);
            assertThat(String.join("\n", process.said()))
                    .contains("switchboard.history.max-bytes must be a size, such as 512KB, 4MB or 2GB, not \"lots\"")
                    .contains("SWITCHBOARD_HISTORY_MAX_BYTES");
        }
    }
}
