package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** One bit, or a few bytes, are not what was written: nothing is lost but what stood there. */
class DamagedStoreTest {

    private static final EventFilter ALL_EVENTS = new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE);
    private static final MessageFilter TWO =
            new MessageFilter(null, null, null, null, List.of(BytePattern.of(new byte[] {'t', 'w', 'o'})));

    @TempDir
    Path directory;

    private final Traffic traffic = new Traffic();
    private List<String> all = List.of();

    private DiskStore open() {
        return new DiskStore(directory, 4 << 20, Duration.ofDays(7), Duration.ofMillis(50), traffic::now, id -> {});
    }

    @BeforeEach
    void record() {
        for (int i = 0; i < 3_000; i++) {
            if (i % 100 == 0) {
                traffic.event("meter", Traffic.CONNECTIONS.getFirst(), LifeCycle.Kind.CLOSED);
            }
            traffic.lines(
                    Traffic.CONNECTIONS.get(i % 4), Direction.OUT, Origin.OPERATOR, "", List.of("one", "two " + i), "");
            traffic.pass(1000);
        }
        try (DiskStore store = open()) {
            store.append(traffic.events());
        }
        all = traffic.events().stream().map(Traffic::text).toList();
    }

    private void withoutIndex() throws IOException {
        Files.delete(directory.resolve("index.db"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
    }

    private static List<TrafficEvent> events(HistoryStore store) {
        return store.read(0, Long.MAX_VALUE, Integer.MAX_VALUE).events();
    }

    private static List<String> texts(HistoryStore store) {
        return events(store).stream().map(Traffic::text).toList();
    }

    /** Where blocks of our own of a kind begin, or packets where it is 0. */
    private static List<Integer> blocks(ByteBuffer file, int kind) {
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at < file.limit(); at += file.getInt(at + 4)) {
            int type = file.getInt(at);
            if (kind == 0 ? type == 6 : type == LogFormat.BLOCK && file.get(at + 8) == kind) {
                found.add(at);
            }
        }
        return found;
    }

    private static ByteBuffer read(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void flip(ByteBuffer file, int place, int bit) {
        file.put(place, (byte) (file.get(place) ^ 1 << bit));
    }

    /** All but one or two, in their places, with and without an index; and the newest file is as long as before. */
    private void onlyThatIsLost() throws IOException {
        long length = Files.size(files().getLast());
        for (boolean indexed : List.of(true, false)) {
            if (!indexed) {
                withoutIndex();
                Files.writeString(directory.resolve("lock"), "recording\n");
            }
            try (DiskStore store = open()) {
                List<String> left = texts(store);
                assertThat(left).isSubsetOf(all).hasSizeBetween(all.size() - 2, all.size() - 1);
                assertThat(events(store)).extracting(TrafficEvent::id).isSorted();
                assertThat(left.getLast()).isEqualTo(all.getLast());
                for (Frame frame : store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000)
                        .items()) {
                    assertThat(store.message(frame.id())).isPresent();
                }
                assertThat(store.messages(TWO, Long.MAX_VALUE, 10_000).items()).hasSizeBetween(2_998, 3_000);
            }
            assertThat(Files.size(files().getLast())).isEqualTo(length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 17, 19, 21, 23, 30})
    void aBlockWhoseLengthIsDamagedTakesNoOtherWithIt(int bit) throws IOException {
        Path file = files().getLast();
        ByteBuffer bytes = read(file);
        flip(bytes, blocks(bytes, 0).get(20) + 4 + bit / 8, bit % 8);
        Files.write(file, bytes.array());
        onlyThatIsLost();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 40, 62})
    void aMessageWhoseIdIsDamagedHidesNoOther(int bit) throws IOException {
        Path file = files().getFirst();
        ByteBuffer bytes = read(file);
        int block = blocks(bytes, 0).get(300);
        int id = block + bytes.getInt(block + 4) - 4 - 4 - 8;
        long changed = bytes.getLong(id) ^ 1L << bit;
        bytes.putLong(id, changed);
        Files.write(file, bytes.array());
        onlyThatIsLost();
    }

    @Test
    void aChunkInWhichFramesCannotBeReadLeavesNothingForTheNext() throws IOException {
        Path file = files().getFirst();
        ByteBuffer bytes = read(file);
        int block = blocks(bytes, 0).get(50);
        int option = block + 28 + (bytes.getInt(block + 20) + 3 & ~3) + 4;
        // Kind, version, flags, connection; how many frames, which is one more than there are; origin, and so on.
        assertThat(bytes.get(option + 4)).isEqualTo((byte) 2);
        bytes.put(option + 4, (byte) 3);
        Files.write(file, bytes.array());
        try (DiskStore store = open()) {
            assertThat(texts(store)).isSubsetOf(all).hasSize(all.size() - 1);
        }
    }

    @Test
    void aStretchOfWhichTheMarkIsDamagedIsStillRead() throws IOException {
        Path file = files().getFirst();
        ByteBuffer bytes = read(file);
        List<Integer> stretches = blocks(bytes, LogFormat.STRETCH);
        assertThat(stretches).hasSizeGreaterThan(2);
        flip(bytes, stretches.getFirst() + 8, 2);
        flip(bytes, stretches.get(2) + 8, 2);
        Files.write(file, bytes.array());
        for (int start = 1; start <= 2; start++) {
            try (DiskStore store = open()) {
                assertThat(texts(store)).isEqualTo(all);
            }
            Files.deleteIfExists(directory.resolve("index.db"));
        }
    }

    @Test
    void whatIsDeletedFromADamagedFileIsThatAndWhatWasDamaged() throws IOException {
        Path file = files().getFirst();
        ByteBuffer bytes = read(file);
        int block = blocks(bytes, 0).get(300);
        bytes.putLong(block + bytes.getInt(block + 4) - 4 - 4 - 8, Long.MAX_VALUE / 2);
        Files.write(file, bytes.array());
        try (DiskStore store = open()) {
            assertThat(store.delete(TWO, Long.MAX_VALUE)).isEqualTo(2_999);
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000).items())
                    .hasSize(2_999);
        }
        withoutIndex();
        try (DiskStore store = open()) {
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000).items())
                    .hasSize(2_999);
            assertThat(store.bounds().newest()).isEqualTo(traffic.latest() - 1);
        }
    }

    @Test
    void filesThatSomebodyDeletesAreMissedAndNothingElseIs() throws IOException {
        String next = "after files were deleted";
        try (DiskStore store = open()) {
            store.append(List.of(Traffic.received(
                    traffic.latest() + 1, traffic.now(), Traffic.CONNECTIONS.getFirst(), "in the file at hand")));
            long frames = store.bounds().frames();
            Files.delete(files().getLast());
            Files.delete(files().getFirst());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                store.trim();
                return store.bounds().frames() < frames - 1;
            });
            assertThat(store.messages(TWO, Long.MAX_VALUE, 10_000).items()).isNotEmpty();
            assertThat(texts(store)).isNotEmpty().isSubsetOf(all);
            assertThat(store.read(0, Long.MAX_VALUE, 1).forgotten())
                    .isEqualTo(frames - store.bounds().frames());
            store.append(List.of(
                    Traffic.received(traffic.latest() + 2, traffic.now(), Traffic.CONNECTIONS.getFirst(), next)));
        }
        try (DiskStore store = open()) {
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 1).items())
                    .extracting(frame -> new String(frame.payload(), US_ASCII))
                    .containsExactly(next);
        }
    }

    @Test
    void saysThatNothingIsRecordedWhenItsFolderIsDeletedAndRecordsWhenItIsThereAgain() throws IOException {
        try (DiskStore store = open()) {
            long[] id = {traffic.latest()};
            store.append(List.of(
                    Traffic.received(++id[0], traffic.now(), Traffic.CONNECTIONS.getFirst(), "in the file at hand")));
            FileSystemUtils.deleteRecursively(directory);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                store.append(List.of(Traffic.received(++id[0], traffic.now(), Traffic.CONNECTIONS.getFirst(), "lost")));
                return store.status().outage().isPresent();
            });
            Files.createDirectory(directory);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                store.trim();
                return store.status().outage().isEmpty();
            });
            store.append(List.of(
                    Traffic.received(++id[0], traffic.now(), Traffic.CONNECTIONS.getFirst(), "recorded again")));
            assertThat(files()).isNotEmpty();
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).items())
                    .extracting(frame -> new String(frame.payload(), US_ASCII))
                    .containsExactly("recorded again");
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection index = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("index.db"));
                Statement statement = index.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE stretch SET offset = offset + 64 WHERE rowid_of_it",
                "UPDATE stretch SET length = length - 4096 WHERE rowid_of_it",
                "UPDATE stretch SET first_id = first_id + 4096 WHERE rowid_of_it",
                "UPDATE stretch SET last_id = last_id - 512 WHERE rowid_of_it",
                "UPDATE stretch SET last_at = 5 WHERE rowid_of_it",
                "UPDATE stretch SET frames = frames + 1 WHERE rowid_of_it",
                "UPDATE stretch SET file = 'traffic-00900002.pcapng' WHERE rowid_of_it",
                "UPDATE stretch SET file = 'nothing' || char(0) WHERE rowid_of_it",
                "UPDATE stretch SET contents = replace(contents, 'meter', 'mefer') WHERE rowid_of_it",
                "UPDATE stretch SET contents = x'00ffffffff07' WHERE rowid_of_it",
                "DROP TABLE file",
                "DROP TABLE flyway_schema_history",
                "UPDATE flyway_schema_history SET installed_on = 'never'",
                "UPDATE flyway_schema_history SET version = 'x.y'",
                "UPDATE flyway_schema_history SET checksum = 1"
            })
    void whatTheIndexSaysWronglyIsReadFromTheFiles(String sql) throws SQLException {
        change(sql.replace(
                "rowid_of_it", "first_id = (SELECT first_id FROM stretch ORDER BY first_id LIMIT 1 OFFSET 3)"));
        for (int start = 1; start <= 2; start++) {
            try (DiskStore store = open()) {
                assertThat(store.status().outage()).isEmpty();
                assertThat(texts(store)).isEqualTo(all);
                assertThat(store.bounds().frames()).isEqualTo(6_000);
                assertThat(store.messages(
                                        new MessageFilter("meter", null, null, null, List.of()), Long.MAX_VALUE, 10_000)
                                .items())
                        .hasSize(3_000);
                assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 100).items())
                        .hasSize(30);
            }
        }
    }

    @Test
    void anEventThatIsDamagedInTheIndexHidesNoOther() throws SQLException {
        change("UPDATE event SET kind = 'CLOSEE' WHERE id IN (SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET 9)");
        try (DiskStore store = open()) {
            EventPage first = store.events(ALL_EVENTS, Long.MAX_VALUE, 10);
            assertThat(first.items()).hasSize(9);
            assertThat(store.events(ALL_EVENTS, first.next().orElseThrow(), 100).items())
                    .hasSize(20);
        }
    }
}
