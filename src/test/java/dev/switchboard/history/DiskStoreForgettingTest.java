package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.pcapng.CaptureItem;
import dev.switchboard.pcapng.CaptureReader;
import dev.switchboard.pcapng.Tshark;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the files after messages were forgotten. */
class DiskStoreForgettingTest {

    private static final ConnectionKey METER = Traffic.CONNECTIONS.getFirst();

    @TempDir
    Path directory;

    private final Traffic traffic = new Traffic();

    private DiskStore open() {
        return open(directory);
    }

    private DiskStore open(Path path) {
        return new DiskStore(path, 1 << 20, Duration.ofDays(7), Duration.ofMillis(50), traffic::now);
    }

    private void append(DiskStore store, int from) {
        store.append(List.copyOf(traffic.events().subList(from, traffic.events().size())));
    }

    private List<Path> files() throws IOException {
        return files(directory, ".pcapng");
    }

    private static List<Path> files(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static MessageFilter containing(String text) {
        return new MessageFilter(null, null, null, null, List.of(BytePattern.of(text.getBytes(US_ASCII))));
    }

    private static List<String> texts(HistoryStore store) {
        return store.messages(MessageFilter.ALL, Long.MAX_VALUE, 1000).items().stream()
                .map(frame -> new String(frame.payload(), US_ASCII))
                .toList();
    }

    /** In words of five characters, so that whatever is left of it shows. */
    private static String secret(int words) {
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < words; i++) {
            secret.append("s%04d".formatted(i));
        }
        return secret.toString();
    }

    /**
     * A long line that is read in slices, so that it lies in several stretches of several files, and others around it.
     */
    private void aSecretInSlices(String secret) {
        traffic.event("meter", METER, LifeCycle.Kind.ACCEPTED);
        traffic.lines(METER, Direction.IN, Origin.PEER, "", List.of("before"), secret.substring(0, 5000));
        int to = 5000;
        for (; to + 5000 < secret.length(); to += 5000) {
            traffic.receive(Traffic.CONNECTIONS.get(2), "between " + to + " " + "x".repeat(20_000));
            traffic.lines(METER, Direction.IN, Origin.PEER, "", List.of(), secret.substring(to, to + 5000));
        }
        String end = secret.substring(to);
        traffic.lines(
                METER, Direction.IN, Origin.PEER, secret.substring(0, to), List.of(end, "after"), "and the next beg");
        traffic.lines(METER, Direction.IN, Origin.PEER, "and the next beg", List.of("ins here"), "");
    }

    @Test
    void leavesNothingOfALongMessageInAnyFile() throws Exception {
        aSecretInSlices(secret(9000));
        List<String> stay;
        try (DiskStore store = open()) {
            append(store, 0);
            assertThat(files()).hasSizeGreaterThan(2);
            stay = texts(store);
            stay = stay.stream().filter(text -> !text.startsWith("s0000")).toList();
            assertThat(store.delete(containing("s0017"), Long.MAX_VALUE)).isEqualTo(1);
            assertThat(texts(store)).isEqualTo(stay);
            nothingIsLeftIn(directory);
        }
        nothingIsLeftIn(directory);
        Files.delete(directory.resolve("index.db"));
        try (DiskStore store = open()) {
            assertThat(texts(store)).isEqualTo(stay);
            assertThat(stay).startsWith("and the next begins here", "after").endsWith("before");
        }
    }

    private static void nothingIsLeftIn(Path folder) throws IOException {
        for (Path file : files(folder, "")) {
            assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContainPattern("s\\d\\d\\d\\d");
        }
    }

    @Test
    void startsWhereverADeletionBrokeOffAndCanFinishIt(@TempDir Path other) throws Exception {
        aSecretInSlices(secret(9000));
        try (DiskStore store = open()) {
            append(store, 0);
        }
        List<Path> before = files();
        Path saved = Files.createDirectory(other.resolve("before"));
        copy(files(directory, ""), saved);
        List<String> stay;
        try (DiskStore store = open()) {
            assertThat(store.delete(containing("s0017"), Long.MAX_VALUE)).isEqualTo(1);
            stay = texts(store);
        }
        List<Path> rewritten = files();
        rewritten = rewritten.stream().filter(file -> !before.contains(file)).toList();
        assertThat(rewritten).hasSizeGreaterThan(2);
        for (int done = 1; done <= rewritten.size(); done++) {
            // The last of them is there, and what it replaces is not deleted yet, nor does the index know.
            Path broken = Files.createDirectory(other.resolve("broken" + done));
            copy(files(saved, ""), broken);
            copy(rewritten.subList(0, done), broken);
            try (DiskStore store = open(broken)) {
                assertThat(store.status().outage()).isEmpty();
                assertThat(texts(store)).containsAll(stay);
                assertThat(store.bounds().frames()).isEqualTo(stay.size() + (done < rewritten.size() ? 1 : 0));
                store.delete(containing("s0017"), Long.MAX_VALUE);
                assertThat(texts(store)).isEqualTo(stay);
            }
            nothingIsLeftIn(broken);
        }
    }

    private static void copy(List<Path> files, Path to) throws IOException {
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    @Test
    void whatStaysKeepsItsPlaceInTheStream() throws Exception {
        Tshark.assumeInstalled();
        traffic.event("meter", METER, LifeCycle.Kind.ACCEPTED);
        traffic.lines(METER, Direction.IN, Origin.PEER, "", List.of("one", "secret", "two"), "sec");
        traffic.lines(METER, Direction.IN, Origin.PEER, "sec", List.of("ret", "three", "secret"), "");
        traffic.lines(METER, Direction.IN, Origin.PEER, "", List.of("four"), "");
        try (DiskStore store = open()) {
            append(store, 0);
            assertThat(store.delete(containing("secret"), Long.MAX_VALUE)).isEqualTo(3);
        }
        Path file = files().getFirst();
        assertThat(Tshark.read(
                                file,
                                "-Y",
                                "tcp.len > 0",
                                "-T",
                                "fields",
                                "-e",
                                "tcp.seq",
                                "-e",
                                "tcp.len",
                                "-e",
                                "tcp.payload")
                        .ok())
                .containsExactly(
                        line(1, "one\n"), line(1 + 11, "two\n"), line(1 + 22, "three\n"), line(1 + 35, "four\n"));
        assertThat(Tshark.read(file, "-Y", "tcp.checksum.status==0 || tcp.analysis.retransmission")
                        .ok())
                .isEmpty();
    }

    private static String line(int sequence, String payload) {
        return sequence + "\t" + payload.length() + "\t" + HexFormat.of().formatHex(payload.getBytes(US_ASCII));
    }

    @Test
    void aDeletionThatFindsNothingInTheFileBeingWrittenDoesNotEndIt() throws Exception {
        try (DiskStore store = open()) {
            traffic.receive(METER, "old secret");
            append(store, 0);
            for (int i = 0; i < 10; i++) {
                int from = traffic.events().size();
                traffic.receive(METER, "message " + i);
                append(store, from);
                assertThat(store.delete(containing("nobody said this"), Long.MAX_VALUE))
                        .isZero();
            }
            assertThat(files()).hasSize(1);
            assertThat(store.delete(containing("old secret"), Long.MAX_VALUE)).isEqualTo(1);
            int from = traffic.events().size();
            traffic.receive(METER, "another secret");
            traffic.receive(METER, "last");
            append(store, from);
            assertThat(files()).hasSize(2);
            assertThat(store.delete(containing("message 3"), Long.MAX_VALUE)).isEqualTo(1);
            traffic.receive(METER, "very last");
            append(store, from + 2);
            assertThat(files()).hasSize(2);
            assertThat(texts(store)).startsWith("very last", "last", "another secret", "message 9");
        }
    }

    @Test
    void aRewrittenFileShowsTheSameEndOfAConnectionOfOursAsBefore() throws Exception {
        ConnectionKey drawn = ours("d1", "127.0.0.1:9001", "127.0.0.1:50000");
        ConnectionKey mirror = ours("d2", "127.0.0.1:50000", "127.0.0.1:9001");
        List<String> before;
        try (DiskStore store = open()) {
            traffic.event("meter", drawn, LifeCycle.Kind.ACCEPTED);
            traffic.event("meter", mirror, LifeCycle.Kind.CONNECTED);
            traffic.receive(Traffic.CONNECTIONS.get(3), "gone");
            append(store, 0);
            // Ends the file, so that the next one begins with the end that is not drawn.
            store.delete(MessageFilter.ALL, Long.MAX_VALUE);
            traffic.receive(mirror, "seen by the mirror");
            traffic.receive(drawn, "drawn");
            traffic.receive(Traffic.CONNECTIONS.get(2), "secret");
            traffic.receive(drawn, "drawn again");
            append(store, 3);
            before = packets(files().getLast());
            assertThat(store.delete(new MessageFilter("logs", null, null, null, List.of()), Long.MAX_VALUE))
                    .isEqualTo(1);
        }
        assertThat(before).hasSize(3);
        assertThat(packets(files().getLast())).containsExactly(before.getFirst(), before.getLast());
    }

    @Test
    void forgetsInADamagedFileWhatCanBeRead() throws Exception {
        for (int i = 0; i < 200; i++) {
            traffic.receive(Traffic.CONNECTIONS.get(i % 2), i % 2 == 0 ? "keep " + i : "secret " + i);
        }
        try (DiskStore store = open()) {
            append(store, 0);
        }
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 200, (byte) 0x55);
        Files.write(file, bytes);
        try (DiskStore store = open()) {
            MessageFilter secret =
                    new MessageFilter(null, null, null, null, List.of(BytePattern.of("secret".getBytes(US_ASCII))));
            assertThat(store.delete(secret, Long.MAX_VALUE)).isBetween(20L, 99L);
            assertThat(store.messages(secret, Long.MAX_VALUE, 100).items()).isEmpty();
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 100).items())
                    .hasSizeGreaterThan(20);
        }
    }

    private static ConnectionKey ours(String id, String local, String remote) {
        return new ConnectionKey(id, "meter", Transport.TCP, Role.ACCEPTED, local, remote, 0);
    }

    /** Of each packet with payload: its ports and numbers, which follow 20 bytes of IPv4. */
    private static List<String> packets(Path file) throws Exception {
        List<String> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            CaptureReader reader = CaptureReader.open(in);
            for (CaptureItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof CaptureItem.Packet packet && packet.data().length > 40) {
                    found.add(HexFormat.of().formatHex(packet.data(), 20, 32));
                }
            }
        }
        return found;
    }
}
