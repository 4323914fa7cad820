package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Far more than the bound goes through, while readers page, read on, add up and delete. */
class DiskStoreSoakTest {

    private static final long MAX_BYTES = 4 << 20;
    private static final int TIMES = Integer.getInteger("switchboard.soak.times", 20);

    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void keepsItsBoundAndNeverGivesAWrongAnswer() throws Exception {
        Traffic traffic = new Traffic();
        AtomicBoolean done = new AtomicBoolean();
        try (DiskStore store = new DiskStore(
                        directory, MAX_BYTES, Duration.ofDays(7), Duration.ofMillis(20), traffic::now, id -> {});
                ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Future<?>> readers = new ArrayList<>();
            readers.add(pool.submit(() -> follow(store, done)));
            readers.add(pool.submit(() -> page(store, done)));
            readers.add(pool.submit(() -> delete(store, done)));
            long written = 0;
            int number = 0;
            while (written < TIMES * MAX_BYTES) {
                List<TrafficEvent> batch = new ArrayList<>();
                for (int i = 0; i < 100; i++, number++) {
                    Frame frame = traffic.receive(
                            Traffic.CONNECTIONS.get(number % 4), "number " + number + " " + "x".repeat(number % 900));
                    batch.add(traffic.events().removeLast());
                    written += frame.bytes();
                }
                assertThat(store.append(batch)).isZero();
                assertThat(onDisk()).isLessThanOrEqualTo(MAX_BYTES + MAX_BYTES / 16 + (256 << 10));
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(store.bounds().newest()).isEqualTo(traffic.latest());
            assertThat(store.status().outage()).isEmpty();
        }
    }

    /** Files that go meanwhile are not there. */
    private long onDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (NoSuchFileException gone) {
                            return 0;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }

    /** Ids begin at 1000, one for each message. */
    private static void isRight(Frame frame) {
        long number = frame.id() - 1000;
        assertThat(new String(frame.payload(), StandardCharsets.US_ASCII)).startsWith("number " + number + " ");
        assertThat(frame.connection().id())
                .isEqualTo(Traffic.CONNECTIONS.get((int) (number % 4)).id());
    }

    private static void follow(HistoryStore store, AtomicBoolean done) {
        long after = 0;
        while (!done.get()) {
            Reading step = store.read(after, Long.MAX_VALUE - 1, 500);
            long last = after;
            for (TrafficEvent event : step.events()) {
                assertThat(event.id()).isGreaterThan(last);
                last = event.lastId();
                isRight(event.frame(0));
            }
            after = step.events().isEmpty() ? after : last;
        }
    }

    private static void page(HistoryStore store, AtomicBoolean done) {
        MessageFilter filter = new MessageFilter(
                null, "l1", null, null, List.of(BytePattern.of("x".repeat(300).getBytes(StandardCharsets.US_ASCII))));
        while (!done.get()) {
            long before = Long.MAX_VALUE;
            for (Frame frame : store.messages(filter, before, 200).items()) {
                assertThat(frame.id()).isLessThan(before);
                before = frame.id();
                isRight(frame);
            }
            assertThat(store.summary(MessageFilter.ALL, 10, Deadline.NEVER).complete())
                    .isTrue();
        }
    }

    private static void delete(HistoryStore store, AtomicBoolean done) {
        MessageFilter game = new MessageFilter("game", null, null, null, List.of());
        while (!done.get()) {
            store.delete(game, Long.MAX_VALUE);
        }
    }
}
