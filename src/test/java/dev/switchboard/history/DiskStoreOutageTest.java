package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the disk does not take what is written. */
class DiskStoreOutageTest {

    private static final EventFilter ALL_EVENTS = new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE);

    @TempDir
    Path directory;

    private final Traffic traffic = new Traffic();

    private DiskStore open(Path path) {
        return new DiskStore(path, 256 << 20, Duration.ofDays(7), Duration.ofMillis(50), traffic::now, id -> {});
    }

    private long append(DiskStore store, int from) {
        List<TrafficEvent> events = traffic.events();
        return store.append(List.copyOf(events.subList(from, events.size())));
    }

    private void recovers(DiskStore store) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            store.trim();
            return store.status().outage().isEmpty();
        });
    }

    @Test
    void countsWhatItCannotRecordWhenTheFolderCannotBeMadeAndResumesByItself() throws IOException {
        Path path = Files.createFile(directory.resolve("file")).resolve("history");
        try (DiskStore store = open(path)) {
            assertThat(store.status().outage())
                    .hasValueSatisfying(outage -> assertThat(outage.reason()).contains(directory.toString()));
            traffic.event("meter", null, LifeCycle.Kind.LISTENING);
            traffic.receive(Traffic.CONNECTIONS.getFirst(), "one");
            traffic.receive(Traffic.CONNECTIONS.getFirst(), "two");
            traffic.receive(Traffic.CONNECTIONS.getLast(), "three");
            assertThat(append(store, 0)).isEqualTo(3);
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).captureGap())
                    .isEqualTo(3);
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 10).items()).hasSize(1);

            Files.delete(directory.resolve("file"));
            recovers(store);
            Frame again = traffic.receive(Traffic.CONNECTIONS.getFirst(), "again");
            assertThat(append(store, 4)).isZero();
            MessagePage page = store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10);
            assertThat(page.items()).extracting(Frame::id).containsExactly(again.id());
            assertThat(page.captureGap()).isEqualTo(3);
        }
        try (DiskStore store = open(path)) {
            MessageFilter meter = new MessageFilter("meter", null, null, null, List.of());
            assertThat(store.messages(meter, Long.MAX_VALUE, 10).captureGap()).isEqualTo(2);
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 10).items()).hasSize(1);
            assertThat(store.status().lastRun()).isEmpty();
        }
    }

    @Test
    void takesInNothingFromElsewhereUntilItCanBeWrittenAgain() throws Exception {
        Path path = Files.createFile(directory.resolve("file")).resolve("history");
        try (DiskStore store = open(path)) {
            assertThatThrownBy(store::beginImport)
                    .isInstanceOf(HistoryUnwritableException.class)
                    .hasMessageContaining("GET /api/history");

            Files.delete(directory.resolve("file"));
            recovers(store);
            try (Import begun = store.beginImport()) {
                assertThat(begun.number()).isEqualTo(1);
            }
        }
    }

    @Test
    void doesNotRecordWhereAnotherRecordsUntilThatEnds() {
        DiskStore first = open(directory);
        try (DiskStore second = open(directory)) {
            assertThat(second.status().outage())
                    .hasValueSatisfying(outage -> assertThat(outage.reason()).contains("another Switchboard records"));
            first.close();
            recovers(second);
            Frame frame = traffic.receive(Traffic.CONNECTIONS.getFirst(), "mine");
            assertThat(append(second, 0)).isZero();
            assertThat(second.message(frame.id())).isPresent();
        }
    }

    @Test
    void goesOnWhenAnEventCannotBePutIntoBytes() {
        try (DiskStore store = open(directory)) {
            Frame before = traffic.receive(Traffic.CONNECTIONS.getFirst(), "before");
            assertThat(append(store, 0)).isZero();
            traffic.receive(Traffic.CONNECTIONS.getFirst(), "lost with it");
            Frame bad = traffic.receive(Traffic.CONNECTIONS.getFirst(), "lost");
            traffic.events().set(2, madeByNobody(bad));
            traffic.receive(Traffic.CONNECTIONS.getFirst(), "lost with it, too");
            assertThat(append(store, 1)).isEqualTo(3);
            assertThat(store.status().outage())
                    .hasValueSatisfying(outage -> assertThat(outage.reason()).contains("can't be put into bytes"));

            recovers(store);
            Frame after = traffic.receive(Traffic.CONNECTIONS.getFirst(), "after");
            assertThat(append(store, 4)).isZero();
            MessagePage page = store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10);
            assertThat(page.items()).extracting(Frame::id).containsExactly(after.id(), before.id());
            assertThat(page.captureGap()).isEqualTo(3);
        }
        try (DiskStore store = open(directory)) {
            assertThat(store.status().lastRun()).isEmpty();
            assertThat(store.bounds().frames()).isEqualTo(2);
        }
    }

    /** As no capture would have it. */
    @SuppressWarnings("NullAway")
    private static Unfinished madeByNobody(Frame frame) {
        return new Unfinished(frame.id(), frame.at(), frame.connection(), frame.direction(), null, frame.payload());
    }

    @Test
    void makesAnIndexAnewThatIsDamagedWhileItIsUsedAsSoonAsThatCanBeDone() throws IOException {
        Path index = directory.resolve("index.db");
        try (DiskStore store = open(directory)) {
            List<LifeCycle> lives = new ArrayList<>();
            lives.add(traffic.event("meter", null, LifeCycle.Kind.LISTENING));
            append(store, 0);
            try (RandomAccessFile old = new RandomAccessFile(index.toFile(), "rw");
                    RandomAccessFile log = new RandomAccessFile(
                            directory.resolve("index.db-wal").toFile(), "rw")) {
                Files.delete(index);
                // What can't be deleted, so that it can't be made anew for now.
                Files.createFile(Files.createDirectory(index).resolve("in the way"));
                log.setLength(0);
                old.write("rubbish ".repeat((int) old.length() / 8).getBytes(StandardCharsets.US_ASCII));
            }
            lives.add(traffic.event("meter", null, LifeCycle.Kind.STOPPED));
            append(store, 1);
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 10).items()).isEqualTo(lives.reversed());

            Files.delete(index.resolve("in the way"));
            Files.delete(index);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                store.trim();
                return Files.isRegularFile(index);
            });
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 10).items()).isEqualTo(lives.reversed());
        }
        try (DiskStore store = open(directory)) {
            assertThat(store.events(ALL_EVENTS, Long.MAX_VALUE, 10).items()).hasSize(2);
        }
    }

    @Test
    void goesOnWhenTheDiskIsFullAndRecordsAgainWhenThereIsRoom() throws Exception {
        assumeTrue(mount(), "takes root, to make a small file system");
        try {
            fillsUpAndRecovers();
        } finally {
            run("umount", directory.toString());
        }
    }

    private void fillsUpAndRecovers() throws IOException {
        Path ballast = directory.resolve("ballast");
        Files.write(ballast, new byte[2 << 20]);
        try (DiskStore store = open(directory.resolve("history"))) {
            long lost = 0;
            for (int i = 0; i < 400 && lost == 0; i++) {
                int from = traffic.events().size();
                traffic.receive(Traffic.CONNECTIONS.getFirst(), i + " " + "x".repeat(20_000));
                traffic.receive(Traffic.CONNECTIONS.get(2), i + " " + "y".repeat(20_000));
                lost = append(store, from);
            }
            assertThat(lost).isBetween(1L, 2L);
            assertThat(store.status().outage())
                    .hasValueSatisfying(outage -> assertThat(outage.reason()).contains("is full"));
            long kept = store.bounds().frames();
            assertThat(kept + lost).isEqualTo(traffic.frames().size());
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000).items())
                    .hasSize((int) kept);

            Files.delete(ballast);
            recovers(store);
            int from = traffic.events().size();
            traffic.receive(Traffic.CONNECTIONS.getFirst(), "after");
            assertThat(append(store, from)).isZero();
            MessagePage all = store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000);
            assertThat(all.items()).hasSize((int) kept + 1);
            assertThat(all.captureGap()).isEqualTo(lost);
        }
        try (DiskStore store = open(directory.resolve("history"))) {
            assertThat(store.bounds().frames()
                            + store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000)
                                    .captureGap())
                    .isEqualTo(traffic.frames().size());
        }
    }

    private boolean mount() throws Exception {
        return run("mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", directory.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
