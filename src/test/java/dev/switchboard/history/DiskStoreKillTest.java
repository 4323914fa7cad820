package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code kill -9} leaves behind, at random moments under load. The kernel has what {@link HistoryStore#append}
 * returned for, so nothing of that may be missing. {@code -Dswitchboard.test.kills=50} kills more often than usual.
 */
class DiskStoreKillTest {

    private static final int KILLS = Integer.getInteger("switchboard.test.kills", 6);
    private static final int RUNS_IN_ONE_FOLDER = 3;
    private static final long MAX_BYTES = 256 << 20;
    private static final EventFilter ALL_EVENTS = new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir
    Path temporary;

    /** What a run said of itself before it was killed. */
    private record Said(long first, long stored) {}

    @Test
    @Timeout(1200)
    void whatWasAppendedIsThereAfterAKillAtAnyMomentAndNothingElse() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Said> runs = new ArrayList<>();
        Path directory = temporary;
        for (int i = 0; i < KILLS; i++) {
            if (i % RUNS_IN_ONE_FOLDER == 0) {
                directory = Files.createDirectory(temporary.resolve("history-" + i));
                runs.clear();
            }
            runs.add(killed(directory, random));
            check(directory, runs, "seed " + seed + ", kill " + i);
        }
    }

    private Said killed(Path directory, Random random) throws IOException, InterruptedException {
        Path output = Files.createTempFile(temporary, "said", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledRun.class.getName(),
                        directory.toString(),
                        Long.toString(random.nextLong()),
                        Long.toString(MAX_BYTES))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        try {
            Awaitility.await("it records")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> said(output).stored() > 0);
            assertThat(process.waitFor(random.nextInt(300_000), TimeUnit.MICROSECONDS))
                    .isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said(output);
    }

    /** The last line may be half a line. */
    private static Said said(Path output) throws IOException {
        String all = Files.readString(output);
        Said said = new Said(Long.MAX_VALUE, -1);
        for (String line : all.substring(0, all.lastIndexOf('\n') + 1).lines().toList()) {
            said = understood(said, line);
        }
        return said;
    }

    private static Said understood(Said said, String line) {
        if (line.startsWith("first ")) {
            return new Said(Long.parseLong(line.substring(6)), said.stored);
        }
        return line.startsWith("stored ") ? new Said(said.first, Long.parseLong(line.substring(7))) : said;
    }

    /** On copies, so that what the next run finds is what this one left. */
    private void check(Path directory, List<Said> runs, String when) throws Exception {
        Path indexed = copy(directory);
        Path bare = copy(directory);
        Files.delete(bare.resolve("index.db"));
        List<TrafficEvent> events;
        String known;
        try (DiskStore store = open(indexed)) {
            assertThat(store.status().lastRun())
                    .as(when)
                    .hasValueSatisfying(said -> assertThat(said).contains("did not end in order"));
            events = all(store);
            assertThat(events.getLast().lastId())
                    .isEqualTo(store.bounds().newest())
                    .isGreaterThanOrEqualTo(runs.getLast().stored());
            known = knows(store);
        }
        inOrderWithoutAHole(events, runs, when);
        everyConnectionCounts(events, when);
        try (DiskStore store = open(bare)) {
            assertThat(store.status().lastRun()).as(when).isPresent();
            assertThat(contents(all(store))).as(when).isEqualTo(contents(events));
            assertThat(knows(store)).as(when).isEqualTo(known);
        }
        if (Tshark.installed()) {
            // The one before it was looked at when it was the last.
            Tshark.read(files(indexed).getLast(), "-q", "-z", "io,stat,0");
        }
        delete(indexed);
        delete(bare);
    }

    /** What is answered out of the index, or out of what was found instead. */
    private static String knows(HistoryStore store) {
        HistoryBounds bounds = store.bounds();
        return List.of(
                        bounds.oldest(),
                        bounds.newest(),
                        bounds.frames(),
                        bounds.oldestAt(),
                        bounds.newestAt(),
                        store.summary(MessageFilter.ALL, 10, Deadline.NEVER),
                        store.events(ALL_EVENTS, Long.MAX_VALUE, 1_000_000).items())
                .toString();
    }

    /** Ids are given without a hole, so those of a run that are there have none. */
    private static void inOrderWithoutAHole(List<TrafficEvent> events, List<Said> runs, String when) {
        int at = 0;
        for (int run = 0; run < runs.size(); run++) {
            Said said = runs.get(run);
            long next = said.first();
            long until = run + 1 < runs.size() ? runs.get(run + 1).first() : Long.MAX_VALUE;
            while (at < events.size() && events.get(at).id() < until) {
                assertThat(events.get(at).id()).as("%s, run %d", when, run).isEqualTo(next);
                next = events.get(at).lastId() + 1;
                at++;
            }
            assertThat(next).as("%s, run %d", when, run).isGreaterThan(said.stored());
        }
        assertThat(at).isEqualTo(events.size());
    }

    /** The frames of every connection are numbered from 0 on. */
    private static void everyConnectionCounts(List<TrafficEvent> events, String when) {
        Map<String, Long> next = new HashMap<>();
        for (Frame frame : Traffic.frames(events)) {
            String number = new String(frame.payload(), 0, Math.min(30, frame.bytes()), US_ASCII).split(" ")[1];
            String id = frame.connection().id();
            assertThat(Long.parseLong(number)).as(when).isEqualTo(next.getOrDefault(id, 0L));
            next.merge(id, 1L, Long::sum);
        }
    }

    private static List<TrafficEvent> all(HistoryStore store) {
        List<TrafficEvent> all = new ArrayList<>();
        long newest = store.bounds().newest();
        for (long after = 0; after < newest; ) {
            Reading step = store.read(after, newest, 10_000);
            all.addAll(step.events());
            after = step.upTo();
        }
        return all;
    }

    /** A record of a chunk compares arrays by identity; what is in them is summed up here. */
    private static List<Object> contents(List<TrafficEvent> events) {
        return events.stream()
                .<Object>map(event -> event instanceof Chunk chunk
                        ? List.of(
                                chunk.id(),
                                chunk.at(),
                                chunk.connection(),
                                chunk.direction(),
                                Arrays.hashCode(chunk.bytes()),
                                Arrays.hashCode(chunk.straddler()),
                                chunk.frames())
                        : event)
                .toList();
    }

    private static DiskStore open(Path directory) {
        return new DiskStore(
                directory,
                MAX_BYTES,
                Duration.ofDays(7),
                Duration.ofMillis(500),
                () -> System.currentTimeMillis() * 1_000_000);
    }

    private Path copy(Path directory) throws IOException {
        Path copy = Files.createTempDirectory(temporary, "copy");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
