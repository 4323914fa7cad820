package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** How a run ends, and what the next one makes of that. */
class DiskStoreEndTest {

    private static final EventFilter ALL_EVENTS = new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir
    Path directory;

    private final Traffic traffic = new Traffic();

    private DiskStore open(Path path) {
        return open(path, 64 << 20);
    }

    private DiskStore open(Path path, long maxBytes) {
        return new DiskStore(path, maxBytes, Duration.ofDays(7), Duration.ofMillis(50), traffic::now);
    }

    private void record(DiskStore store, int messages) {
        int from = traffic.events().size();
        for (int i = 0; i < messages; i++) {
            traffic.receive(Traffic.CONNECTIONS.get(i % 4), "message " + i);
        }
        store.append(List.copyOf(traffic.events().subList(from, traffic.events().size())));
    }

    @Test
    void saysOfARunThatItWasKilledEvenIfEverythingItWroteIsInFilesThatHadEnded() {
        DiskStore killed = open(directory);
        record(killed, 100);
        // Which ends the file at hand.
        assertThat(killed.delete(MessageFilter.ALL, traffic.events().getFirst().id()))
                .isEqualTo(1);
        killed.abandon();
        try (DiskStore store = open(directory)) {
            assertThat(store.status().lastRun())
                    .hasValueSatisfying(said -> assertThat(said).contains("did not end in order"));
        }
        try (DiskStore store = open(directory)) {
            assertThat(store.status().lastRun()).isEmpty();
        }
    }

    @Test
    void saysOfARunThatItWasKilledEvenIfItRecordedNothing() {
        open(directory).abandon();
        try (DiskStore store = open(directory)) {
            assertThat(store.status().lastRun()).isPresent();
        }
    }

    @Test
    void saysNothingOfARunThatEndedInOrderAfterOneThatDidNot() {
        DiskStore killed = open(directory);
        record(killed, 100);
        killed.abandon();
        open(directory).close();
        try (DiskStore store = open(directory)) {
            assertThat(store.status().lastRun()).isEmpty();
        }
    }

    @Test
    void saysNothingOfARunThatEndedInOrderEvenIfTheIndexIsLostAndTheOneBeforeWasKilled() throws IOException {
        DiskStore killed = open(directory);
        record(killed, 100);
        killed.abandon();
        open(directory).close();
        Files.delete(directory.resolve("index.db"));
        try (DiskStore store = open(directory)) {
            assertThat(store.bounds().frames()).isEqualTo(100);
            assertThat(store.status().lastRun()).isEmpty();
        }
    }

    @Test
    void writesDownWhatIsMissingWhenItEndsBeforeItWouldHaveTriedAgain() throws IOException {
        Path path = Files.createFile(directory.resolve("file")).resolve("history");
        try (DiskStore store = open(path)) {
            record(store, 3);
            assertThat(store.status().outage()).isPresent();
            Files.delete(directory.resolve("file"));
        }
        try (DiskStore store = open(path)) {
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).captureGap())
                    .isEqualTo(3);
        }
    }

    @Test
    void aGapThatIsInTheLogIsNotWrittenThereAgain() {
        traffic.receive(Traffic.CONNECTIONS.getFirst(), "one");
        traffic.receive(Traffic.CONNECTIONS.getLast(), "two");
        Outage outage = new Outage(0, new IOException("none"), directory);
        assertThat(outage.miss(traffic.events())).isEqualTo(2);
        List<Gap> gaps = List.copyOf(outage.gaps());
        assertThat(gaps).hasSize(2);
        outage.keep(List.copyOf(gaps.subList(1, 2)));
        assertThat(outage.gaps()).isEqualTo(gaps.subList(1, 2));
        assertThat(outage.frames()).isEqualTo(2);
    }

    @Test
    void makesAnIndexAnewOfWhichTheDatabaseIsWholeAndARowIsNot() throws SQLException {
        try (DiskStore store = open(directory)) {
            record(store, 1000);
        }
        try (Connection index = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("index.db"));
                Statement statement = index.createStatement()) {
            statement.executeUpdate("UPDATE stretch SET contents = x'ffffff'");
        }
        try (DiskStore store = open(directory)) {
            assertThat(store.status().outage()).isEmpty();
            assertThat(store.bounds().frames()).isEqualTo(1000);
        }
    }

    @Test
    void takesAnIndexForDamagedOnlyIfItIs() {
        assertThat(LogIndex.damaged(new SQLException("[SQLITE_CORRUPT] x"))).isTrue();
        assertThat(LogIndex.damaged(new SQLException("x", new FlywayException("of a newer version"))))
                .isTrue();
        assertThat(LogIndex.damaged(new SQLException(
                        "x", new FlywayException("can't migrate", new SQLException("[SQLITE_FULL] no room")))))
                .as("events older than the log are nowhere else")
                .isFalse();
        assertThat(LogIndex.damaged(new SQLException("[SQLITE_BUSY] another has it")))
                .isFalse();
    }

    @Test
    void findsItsFilesAgainWhateverTheDigitsOfTheLocale() {
        Locale usual = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            try (DiskStore store = open(directory)) {
                record(store, 10);
            }
            try (DiskStore store = open(directory)) {
                assertThat(store.bounds().frames()).isEqualTo(10);
            }
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, usual);
        }
    }

    @Test
    void whatIsCapturedGetsIdsAfterAllThatAreRememberedEvenIfTheClockWasSetBack() {
        long newest = new Capture(1 << 20, 1024).latest() + 3_600_000_000L;
        try (DiskStore store = open(directory.resolve("history"))) {
            store.append(List.of(new Gap(newest, traffic.now(), "meter", 1)));
        }
        Capture capture = new Capture(1 << 20, 1024);
        HistoryProperties properties = new HistoryProperties(
                HistoryProperties.Store.DISK,
                Duration.ofMillis(500),
                DataSize.ofMegabytes(8),
                Duration.ofDays(7),
                Duration.ofSeconds(2));
        try (HistoryStore store = new HistoryConfiguration().historyStore(capture, properties, directory)) {
            assertThat(store.bounds().newest()).isEqualTo(newest);
            LifeCycle next = capture.endpoint("meter", LifeCycle.Kind.CREATED, null, "");
            assertThat(next.id()).isEqualTo(newest + 1);
            store.append(List.of(next));
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 2).items()).containsExactly(next);
        }
    }

    @Test
    void staysWithinItsBoundAndOneFileEvenWhileALargeBatchIsWritten() {
        long maxBytes = 2 << 20;
        long[] most = {0};
        for (int i = 0; i < 400; i++) {
            traffic.receive(Traffic.CONNECTIONS.get(i % 4), "x".repeat(50_000));
        }
        try (DiskStore store = new DiskStore(directory, maxBytes, Duration.ofDays(7), Duration.ofMillis(50), () -> {
            // Asked before files are dropped, when there is most of them.
            most[0] = Math.max(most[0], onDisk());
            return traffic.now();
        })) {
            List<TrafficEvent> events = List.copyOf(traffic.events());
            assertThat(store.append(events)).isZero();
            assertThat(store.bounds().newest()).isEqualTo(traffic.latest());
            assertThat(onDisk()).isLessThanOrEqualTo(maxBytes);
            assertThat(store.read(0, Long.MAX_VALUE, 1).forgotten()
                            + store.bounds().frames())
                    .isEqualTo(400);
        }
        assertThat(most[0])
                .isBetween(
                        maxBytes,
                        maxBytes + LogLimits.of(maxBytes, Duration.ofDays(7)).fileBytes() + 60_000);
    }

    private long onDisk() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void noThreadIsLeftWhenItIsClosed() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        Capture capture = new Capture(1 << 20, 1024);
        DiskStore store = open(directory);
        Recorder recorder = new Recorder(capture, store);
        recorder.start();
        LifeCycle last = capture.endpoint("meter", LifeCycle.Kind.CREATED, null, "");
        assertThat(recorder.await(last.id(), Duration.ofSeconds(20))).isTrue();
        MessageFilter search = new MessageFilter(null, null, null, null, List.of(BytePattern.of(new byte[] {1})));
        List<Frame> none = store.messages(search, Long.MAX_VALUE, 10).items();
        assertThat(none).isEmpty();
        recorder.stop();
        store.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("history") || name.equals("recorder"));
    }
}
