package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a process ended, in order or not. */
class DiskStoreRestartTest {

    private static final EventFilter ALL_EVENTS = new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir
    Path directory;

    private final Traffic traffic = new Traffic();

    private DiskStore open() {
        return open(64 << 20);
    }

    private DiskStore open(long maxBytes) {
        return new DiskStore(directory, maxBytes, Duration.ofDays(7), Duration.ofMillis(50), traffic::now, id -> {});
    }

    private void someTraffic(int messages) {
        traffic.event("meter", null, LifeCycle.Kind.LISTENING);
        traffic.event("meter", Traffic.CONNECTIONS.getFirst(), LifeCycle.Kind.ACCEPTED);
        for (int i = 0; i < messages; i++) {
            traffic.receive(Traffic.CONNECTIONS.get(i % 4), "message " + i);
            traffic.lines(
                    Traffic.CONNECTIONS.get(i % 4),
                    Direction.OUT,
                    Origin.OPERATOR,
                    i % 3 == 0 ? "head" : "",
                    List.of("one", "two " + i),
                    "tail");
            traffic.pass(1000);
        }
        traffic.gap("logs", 7);
        traffic.event("meter", Traffic.CONNECTIONS.getFirst(), LifeCycle.Kind.CLOSED);
    }

    private void record(DiskStore store) {
        List<TrafficEvent> events = traffic.events();
        for (int from = 0; from < events.size(); from += 500) {
            store.append(List.copyOf(events.subList(from, Math.min(events.size(), from + 500))));
        }
    }

    private void holdsEverything(HistoryStore store) {
        assertThat(readAll(store))
                .isEqualTo(traffic.events().stream().map(Traffic::text).toList());
        assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 1000).items())
                .isEqualTo(traffic.events().stream()
                        .filter(LifeCycle.class::isInstance)
                        .map(LifeCycle.class::cast)
                        .toList()
                        .reversed());
    }

    private List<String> readAll(HistoryStore store) {
        return store.read(0, Long.MAX_VALUE, Integer.MAX_VALUE).events().stream()
                .map(Traffic::text)
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
    }

    /** As a killed process leaves it: everything is closed, nothing is said. */
    private void crash(DiskStore store) {
        store.abandon();
    }

    @Test
    void remembersWhatAnEarlierRunRecorded() {
        someTraffic(10_000);
        try (DiskStore store = open()) {
            record(store);
        }
        try (DiskStore store = open()) {
            holdsEverything(store);
            assertThat(store.status().lastRun()).isEmpty();
            assertThat(store.bounds().newest()).isEqualTo(traffic.latest());
            Frame next = traffic.receive(Traffic.CONNECTIONS.getFirst(), "next");
            store.append(List.of(traffic.events().getLast()));
            assertThat(store.message(next.id())).isPresent();
        }
    }

    @Test
    void losesNothingThatWasWrittenWhenTheProcessIsKilledAndSaysThatItWas() {
        someTraffic(5_000);
        DiskStore killed = open();
        record(killed);
        crash(killed);
        try (DiskStore store = open()) {
            holdsEverything(store);
            assertThat(store.status().lastRun())
                    .hasValueSatisfying(said -> assertThat(said).contains("did not end in order"));
        }
        try (DiskStore store = open()) {
            holdsEverything(store);
            assertThat(store.status().lastRun()).isEmpty();
        }
    }

    @Test
    void cutsOffAHalfWrittenRecordWhereverItWasTorn() throws IOException {
        someTraffic(40);
        DiskStore killed = open();
        record(killed);
        crash(killed);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        List<String> all = traffic.events().stream().map(Traffic::text).toList();
        Random random = new Random(42);
        for (int i = 0; i < 60; i++) {
            int length = 40 + random.nextInt(whole.length - 40);
            for (Path old : files()) {
                Files.delete(old);
            }
            Files.deleteIfExists(directory.resolve("index.db"));
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            Files.writeString(directory.resolve("lock"), "recording\n");
            try (DiskStore store = open()) {
                List<String> left = readAll(store);
                assertThat(left).isEqualTo(all.subList(0, left.size()));
                if (!left.isEmpty()) {
                    assertThat(store.status().lastRun()).isPresent();
                    assertThat(Files.size(file)).isLessThanOrEqualTo(length);
                }
            }
        }
    }

    @Test
    void passesOverWhatIsDamagedInTheFileOfAKilledRunAndKeepsWhatIsBehindIt() throws IOException {
        someTraffic(400);
        List<String> all = traffic.events().stream().map(Traffic::text).toList();
        DiskStore killed = open();
        record(killed);
        crash(killed);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = whole.clone();
            int at = whole.length / 4 + random.nextInt(whole.length / 2);
            // As pages are that never reached the disk, or as anything at all.
            byte[] rubbish = new byte[300];
            if (i % 2 == 0) {
                random.nextBytes(rubbish);
            }
            System.arraycopy(rubbish, 0, damaged, at, rubbish.length);
            for (Path old : files()) {
                Files.delete(old);
            }
            Files.write(file, damaged);
            Files.writeString(directory.resolve("lock"), "recording\n");
            for (int start = 1; start <= 2; start++) {
                Files.deleteIfExists(directory.resolve("index.db"));
                try (DiskStore store = open()) {
                    List<String> left = readAll(store);
                    assertThat(left).isSubsetOf(all).hasSizeBetween(all.size() - 12, all.size() - 1);
                    assertThat(left.getLast()).isEqualTo(all.getLast());
                    assertThat(Files.size(file)).isEqualTo(whole.length);
                    if (start == 1) {
                        assertThat(store.status().lastRun())
                                .hasValueSatisfying(said -> assertThat(said).contains("damaged", "passed over"));
                    } else {
                        assertThat(store.status().lastRun()).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void makesAMissingIndexAnewFromTheLog() throws IOException {
        someTraffic(10_000);
        try (DiskStore store = open()) {
            record(store);
        }
        Files.delete(directory.resolve("index.db"));
        try (DiskStore store = open()) {
            holdsEverything(store);
            assertThat(store.status().lastRun()).isEmpty();
        }
    }

    @Test
    void makesADamagedIndexAnewFromTheLog() throws IOException {
        someTraffic(10_000);
        try (DiskStore store = open()) {
            record(store);
        }
        try (RandomAccessFile index =
                new RandomAccessFile(directory.resolve("index.db").toFile(), "rw")) {
            byte[] rubbish = new byte[(int) index.length()];
            new Random(1).nextBytes(rubbish);
            index.write(rubbish);
        }
        try (DiskStore store = open()) {
            holdsEverything(store);
        }
    }

    @Test
    void readsWhatIsLeftOfADamagedFileAndEverythingElse() throws IOException {
        someTraffic(20_000);
        try (DiskStore store = open(4 << 20)) {
            record(store);
        }
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(3);
        Path damaged = files.get(1);
        byte[] bytes = Files.readAllBytes(damaged);
        byte[] rubbish = "rubbish rubbish rubbish rubbish ".repeat(8).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(rubbish, 0, bytes, bytes.length / 2, rubbish.length);
        Files.write(damaged, bytes);
        Files.delete(directory.resolve("index.db"));
        List<String> all = traffic.events().stream().map(Traffic::text).toList();
        try (DiskStore store = open(4 << 20)) {
            List<String> left = readAll(store);
            assertThat(left).isNotEmpty().isSubsetOf(all).doesNotHaveDuplicates();
            assertThat(left.getLast()).isEqualTo(all.getLast());
            assertThat(store.status().outage()).isEmpty();
        }
    }

    @Test
    void keepsLifeCycleEventsLongerThanTheTrafficThatPushesTheirRecordsOut() {
        someTraffic(1);
        List<LifeCycle> lives = traffic.events().stream()
                .filter(LifeCycle.class::isInstance)
                .map(LifeCycle.class::cast)
                .toList();
        for (int i = 0; i < 30_000; i++) {
            traffic.receive(Traffic.CONNECTIONS.get(1), "much " + i);
        }
        try (DiskStore store = open(1 << 20)) {
            record(store);
            assertThat(store.bounds().oldest()).isGreaterThan(lives.getLast().id());
        }
        try (DiskStore store = open(1 << 20)) {
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 100).items()).isEqualTo(lives.reversed());
            assertThat(store.read(0, Long.MAX_VALUE, 1).forgotten()).isPositive();
        }
    }

    @Test
    void keepsWhatWasImportedBesideWhatWasCapturedUntilItIsDeleted() throws Exception {
        someTraffic(100);
        try (DiskStore store = open()) {
            record(store);
            try (Import taken = store.beginImport()) {
                ConnectionKey key = Traffic.connection("lab.1", "lab");
                long id = taken.firstId();
                taken.append(List.of(
                        new LifeCycle(id, 5, "lab", key, LifeCycle.Kind.ACCEPTED, null, "accepted", null),
                        Traffic.received(id + 1, 6, key, "from elsewhere")));
                taken.commit();
            }
        }
        Files.delete(directory.resolve("index.db"));
        MessageFilter lab = new MessageFilter("lab", null, null, null, List.of());
        EventFilter labEvents = new EventFilter("lab", null, Long.MIN_VALUE, Long.MAX_VALUE);
        for (int i = 0; i < 2; i++) {
            try (DiskStore store = open()) {
                assertThat(store.status().lastRun()).isEmpty();
                assertThat(store.messages(lab, Long.MAX_VALUE, 10).items())
                        .extracting(frame -> new String(frame.payload(), StandardCharsets.US_ASCII))
                        .containsExactly("from elsewhere");
                assertThat(store.events(labEvents, Long.MAX_VALUE, 10).items()).hasSize(1);
                assertThat(store.bounds().frames()).isEqualTo(traffic.frames().size() + 1L);
            }
        }
        try (DiskStore store = open()) {
            assertThat(store.delete(lab, Long.MAX_VALUE)).isEqualTo(1);
            assertThat(store.events(labEvents, Long.MAX_VALUE, 10).items()).isEmpty();
        }
        try (DiskStore store = open()) {
            holdsEverything(store);
        }
    }

    /** Within a run the clock of the capture never steps back. */
    @Test
    void findsByTimeAndKeepsWhatIsYoungThoughTheClockWasSetBackBetweenTwoRuns() {
        long hour = Duration.ofHours(1).toNanos();
        traffic.pass(hour);
        Frame ahead = traffic.receive(Traffic.CONNECTIONS.getFirst(), "while the clock was ahead");
        try (DiskStore store = open()) {
            store.append(List.of(traffic.events().getFirst()));
        }
        traffic.pass(-hour);
        Frame right = traffic.receive(Traffic.CONNECTIONS.getFirst(), "once it was right");
        try (DiskStore store = open()) {
            store.append(List.of(traffic.events().getLast()));
            store.trim();
            assertThat(found(store, Long.MIN_VALUE, Long.MAX_VALUE)).containsExactly(right.id(), ahead.id());
            assertThat(found(store, right.at(), right.at() + 1)).containsExactly(right.id());
            assertThat(found(store, ahead.at(), Long.MAX_VALUE)).containsExactly(ahead.id());
            assertThat(store.bounds().oldestAt()).hasValue(right.at());
            assertThat(store.bounds().newestAt()).hasValue(ahead.at());

            traffic.pass(Duration.ofDays(8).toNanos());
            store.trim();
            assertThat(found(store, Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
        }
    }

    private static List<Long> found(DiskStore store, long since, long until) {
        MessageFilter filter = new MessageFilter(null, null, null, null, List.of(), since, until);
        return store.messages(filter, Long.MAX_VALUE, 10).items().stream()
                .map(Frame::id)
                .toList();
    }
}
