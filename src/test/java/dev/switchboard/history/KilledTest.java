package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that records is killed at a random moment: what it was told is recorded, is. {@code -Dswitchboard.kills=50}
 * does so as often in a run of each repetition.
 */
class KilledTest {

    private static final int BATCHES = 4000;
    private static final int BATCH = 40;
    private static final long MAX_BYTES = 256 << 20;

    @TempDir
    Path folder;

    @RepeatedTest(4)
    void nothingIsMissingThatWasRecordedWhenTheProcessWasKilled(RepetitionInfo repetition) throws Exception {
        int kills = Integer.getInteger("switchboard.kills", 1);
        for (int i = 0; i < kills; i++) {
            Path directory = Files.createDirectory(folder.resolve("run" + i));
            long seed = repetition.getCurrentRepetition() * 1000L + i;
            killAndLook(directory, new Random(seed).nextInt(1, BATCHES / 2));
        }
    }

    private static void killAndLook(Path directory, int moment) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Recording.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int recorded = 0;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("recorded ")) {
                    recorded = Integer.parseInt(
                            line.substring("recorded ".length()).strip());
                }
                if (recorded >= moment) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(recorded).isBetween(moment, BATCHES - 1);

        List<String> expected = events().stream().map(Traffic::text).toList();
        List<String> found;
        try (DiskStore store = open(directory)) {
            assertThat(store.status().lastRun()).isPresent();
            found = readAll(store);
        }
        assertThat(found.size()).isGreaterThanOrEqualTo(recorded * BATCH);
        assertThat(found).isEqualTo(expected.subList(0, found.size()));
        Files.delete(directory.resolve("index.db"));
        try (DiskStore store = open(directory)) {
            assertThat(readAll(store)).isEqualTo(found);
        }
        whatTsharkReads(directory);
    }

    private static void whatTsharkReads(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".pcapng")).toList()) {
                Process tshark;
                try {
                    tshark = new ProcessBuilder("tshark", "-n", "-r", file.toString())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
                } catch (IOException notInstalled) {
                    return;
                }
                assertThat(tshark.waitFor()).isZero();
            }
        }
    }

    private static DiskStore open(Path directory) {
        return new DiskStore(
                directory, MAX_BYTES, Duration.ofDays(7), Duration.ofMillis(50), () -> 1_000_000, id -> {});
    }

    private static List<String> readAll(HistoryStore store) {
        List<String> all = new ArrayList<>();
        long after = 0;
        for (Reading step = store.read(after, Long.MAX_VALUE, 100_000);
                !step.events().isEmpty();
                step = store.read(after, Long.MAX_VALUE, 100_000)) {
            step.events().forEach(event -> all.add(Traffic.text(event)));
            after = step.events().getLast().lastId();
        }
        return all;
    }

    /** The same in both processes. */
    private static List<TrafficEvent> events() {
        Traffic traffic = new Traffic();
        Random random = new Random(7);
        for (int i = 0; i < BATCHES * BATCH; i++) {
            var connection = Traffic.CONNECTIONS.get(random.nextInt(4));
            switch (random.nextInt(20)) {
                case 0 -> traffic.event("meter", null, LifeCycle.Kind.FAILED);
                case 1 -> traffic.gap("logs", 3);
                case 2 -> traffic.receive(connection, "x".repeat(random.nextInt(20_000)));
                default ->
                    traffic.lines(
                            connection,
                            random.nextBoolean() ? Direction.IN : Direction.OUT,
                            Origin.OPERATOR,
                            random.nextInt(5) == 0 ? "head" : "",
                            List.of("line " + i, "another"),
                            random.nextInt(5) == 0 ? "tail" : "");
            }
        }
        return traffic.events();
    }

    /** What is killed. It says after each batch how many are recorded. */
    static final class Recording {

        private Recording() {}

        static void main(String[] arguments) {
            List<TrafficEvent> events = events();
            DiskStore store = open(Path.of(arguments[0]));
            for (int i = 0; i < BATCHES; i++) {
                store.append(List.copyOf(events.subList(i * BATCH, (i + 1) * BATCH)));
                // So wide that it can't run far ahead of who reads it.
                System.out.println("recorded " + (i + 1) + " ".repeat(500));
            }
        }
    }
}
