package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many times the bound goes through a store, while it is asked, read, added up and deleted from. The reference is an
 * array that says of each id what became of its frame. {@code -Dswitchboard.test.soak=400} pushes 400 times the bound
 * through instead of 20 times.
 */
class DiskStoreSoakTest {

    private static final int TIMES = Integer.getInteger("switchboard.test.soak", 20);
    private static final int MAX_BYTES = 8 << 20;
    private static final int FIRST = 1000;
    private static final int FRAME = 900;

    private static final int LIVE = 1;
    private static final int BEING_DELETED = 2;
    private static final int DELETED = 3;

    private static final ConnectionKey[] KEYS = {key(0), key(1), key(2), key(3), key(4)};

    @TempDir
    Path directory;

    private final int ids = (int) ((long) MAX_BYTES * TIMES / FRAME);
    private final AtomicIntegerArray states = new AtomicIntegerArray(ids + 64);
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile int appended = FIRST - 1;

    private static ConnectionKey key(int number) {
        return new ConnectionKey(
                "c" + number,
                "endpoint" + number % 2,
                Transport.TCP,
                Role.ACCEPTED,
                "127.0.0.1:9001",
                "127.0.0.1:4000" + number,
                0);
    }

    /** Frames come in chunks of 1 to 7 that begin at multiples of 7; all of a chunk are of one connection. */
    private static ConnectionKey keyOf(long id) {
        return KEYS[(int) (id / 7 * 31 % 5)];
    }

    private static Direction directionOf(long id) {
        return id / 7 % 3 == 0 ? Direction.OUT : Direction.IN;
    }

    private static String payloadOf(long id) {
        return "frame " + id + " " + "abcdefg".repeat((int) (id * 7919 % (FRAME * 2 / 7)));
    }

    private static Chunk chunk(long id) {
        long until = (id / 7 + 1) * 7;
        StringBuilder bytes = new StringBuilder();
        FrameEnds.Builder ends = new FrameEnds.Builder();
        for (long i = id; i < until; i++) {
            bytes.append(payloadOf(i)).append('\n');
            ends.add(bytes.length(), 0, 1, Origin.PEER);
        }
        byte[] all = bytes.toString().getBytes(US_ASCII);
        return new Chunk(id, id, keyOf(id), directionOf(id), all, ends.build(), null);
    }

    @Test
    @Timeout(1800)
    void neverAnswersWronglyNorGrowsBeyondItsBoundWhateverGoesThroughIt() throws Exception {
        try (DiskStore store =
                        new DiskStore(directory, MAX_BYTES, Duration.ofDays(7), Duration.ofMillis(50), () -> appended);
                ExecutorService pool = Executors.newFixedThreadPool(5)) {
            List<Future<?>> others = new ArrayList<>();
            others.add(pool.submit(() -> untilDone(1, random -> asks(store, random))));
            others.add(pool.submit(() -> untilDone(2, random -> asks(store, random))));
            others.add(pool.submit(() -> readsOn(store)));
            others.add(pool.submit(() -> untilDone(3, random -> addsUp(store, random))));
            others.add(pool.submit(() -> untilDone(4, random -> deletes(store, random))));
            try {
                append(store, others);
            } finally {
                done.set(true);
            }
            for (Future<?> other : others) {
                other.get();
            }
            asks(store, new Random(5));
            assertThat(store.status().outage()).isEmpty();
        }
    }

    private interface Doing {
        void with(Random random);
    }

    private void untilDone(long seed, Doing doing) {
        Random random = new Random(seed);
        while (!done.get()) {
            doing.with(random);
        }
    }

    private void append(DiskStore store, List<Future<?>> others) throws IOException {
        Random random = new Random(6);
        // Two of one file, for one is rewritten while another is written.
        long most = MAX_BYTES + 2 * LogLimits.of(MAX_BYTES, Duration.ofDays(7)).fileBytes();
        int next = FIRST - FIRST % 7 + 7;
        while (next < ids && others.stream().noneMatch(Future::isDone)) {
            List<TrafficEvent> batch = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0 && next < ids; i--) {
                Chunk chunk = chunk(next);
                batch.add(chunk);
                for (int id = next; id <= chunk.lastId(); id++) {
                    states.set(id, LIVE);
                }
                next = (int) chunk.lastId() + 1;
            }
            assertThat(store.append(batch)).isZero();
            appended = next - 1;
            assertThat(onDisk()).isLessThanOrEqualTo(most);
            assertThat(store.bounds().bytes()).isLessThanOrEqualTo(MAX_BYTES);
        }
    }

    private long onDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().contains(".pcapng"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void isItself(Frame frame) {
        long id = frame.id();
        assertThat(new String(frame.payload(), US_ASCII)).isEqualTo(payloadOf(id));
        assertThat(frame.connection()).isEqualTo(keyOf(id));
        assertThat(frame.direction()).isEqualTo(directionOf(id));
        assertThat(frame.at()).isEqualTo(id - id % 7);
    }

    private MessageFilter anyFilter(Random random, int from) {
        long id = from + random.nextInt(Math.max(1, appended - from));
        BytePattern pattern =
                BytePattern.of((random.nextBoolean() ? "frame " + id : "me " + id / 100).getBytes(US_ASCII));
        return new MessageFilter(
                random.nextInt(4) == 0 ? "endpoint" + random.nextInt(2) : null,
                random.nextInt(3) == 0 ? "c" + random.nextInt(5) : null,
                random.nextInt(4) == 0 ? Direction.IN : null,
                null,
                random.nextInt(3) == 0 ? List.of(pattern) : List.of(),
                random.nextInt(3) == 0 ? id - random.nextInt(2000) : Long.MIN_VALUE,
                random.nextInt(3) == 0 ? id + random.nextInt(2000) : Long.MAX_VALUE);
    }

    private static boolean matches(MessageFilter filter, int id) {
        byte[] payload = payloadOf(id).getBytes(US_ASCII);
        return filter.matches(new Frame(
                id,
                id - id % 7,
                keyOf(id),
                directionOf(id),
                Origin.PEER,
                payload,
                0,
                payload.length,
                payload.length,
                true));
    }

    private void asks(HistoryStore store, Random random) {
        int oldest = (int) Math.max(FIRST, store.bounds().oldest());
        int upTo = appended;
        MessageFilter filter = anyFilter(random, oldest);
        long before = random.nextBoolean() ? Long.MAX_VALUE : oldest + random.nextInt(Math.max(1, upTo - oldest));
        int limit = 1 + random.nextInt(300);
        boolean[] gone = new boolean[upTo + 1];
        for (int id = oldest; id <= upTo; id++) {
            gone[id] = states.get(id) == DELETED;
        }
        MessagePage page = store.messages(filter, before, limit);
        int oldestAfter = (int) store.bounds().oldest();
        long last = before;
        for (Frame frame : page.items()) {
            isItself(frame);
            assertThat(filter.matches(frame)).isTrue();
            assertThat(frame.id()).isLessThan(last);
            last = frame.id();
            assertThat(last > upTo || last < oldest || !gone[(int) last])
                    .as("%d was deleted", last)
                    .isTrue();
        }
        long[] found = page.items().stream().mapToLong(Frame::id).sorted().toArray();
        long from = page.items().size() == limit ? last : oldestAfter;
        for (int id = (int) Math.max(from, oldestAfter); id <= Math.min(upTo, before - 1); id++) {
            if (states.get(id) == LIVE && matches(filter, id)) {
                assertThat(Arrays.binarySearch(found, id))
                        .as("%d before %d, %s", id, before, filter)
                        .isNotNegative();
            }
        }
    }

    private void readsOn(HistoryStore store) {
        long after = 0;
        while (!done.get() || after < appended) {
            int upTo = appended;
            Reading step = store.read(after, upTo, 500);
            int oldestAfter = (int) store.bounds().oldest();
            long last = after;
            Set<Long> seen = new HashSet<>();
            for (TrafficEvent event : step.events()) {
                assertThat(event.lastId()).isGreaterThan(last);
                for (Frame frame : Traffic.frames(List.of(event))) {
                    isItself(frame);
                    seen.add(frame.id());
                }
                last = event.lastId();
            }
            for (int id = (int) Math.max(after + 1, oldestAfter); id <= Math.min(step.upTo(), upTo); id++) {
                assertThat(states.get(id) != LIVE || seen.contains((long) id))
                        .as("%d after %d", id, after)
                        .isTrue();
            }
            after = step.upTo();
        }
    }

    private void addsUp(HistoryStore store, Random random) {
        int oldest = (int) Math.max(FIRST, store.bounds().oldest());
        int upTo = appended;
        int connection = random.nextInt(5);
        MessageFilter filter = new MessageFilter(null, "c" + connection, null, null, List.of());
        int most = 0;
        for (int id = oldest; id <= upTo; id++) {
            most += states.get(id) != DELETED && keyOf(id) == KEYS[connection] ? 1 : 0;
        }
        Summary summary = store.summary(filter, random.nextInt(20), Deadline.NEVER);
        int oldestAfter = (int) store.bounds().oldest();
        int least = 0;
        int after = appended;
        for (int id = oldestAfter; id <= upTo; id++) {
            least += states.get(id) == LIVE && keyOf(id) == KEYS[connection] ? 1 : 0;
        }
        // What was being appended meanwhile may be counted or not; 420 is a batch.
        int more = after - upTo + 420;
        assertThat(summary.sums().framesIn() + summary.sums().framesOut()).isBetween((long) least, (long) most + more);
        if (!summary.buckets().isEmpty()) {
            assertThat(summary.buckets().stream()
                            .mapToLong(bucket ->
                                    bucket.sums().framesIn() + bucket.sums().framesOut())
                            .sum())
                    .isEqualTo(summary.sums().framesIn() + summary.sums().framesOut());
        }
    }

    private void deletes(HistoryStore store, Random random) {
        int oldest = (int) Math.max(FIRST, store.bounds().oldest());
        int upTo = appended;
        int since = oldest + random.nextInt(Math.max(1, upTo - oldest));
        int until = since + 1 + random.nextInt(500);
        int connection = random.nextInt(5);
        MessageFilter filter = new MessageFilter(
                null,
                "c" + connection,
                null,
                null,
                random.nextBoolean() ? List.of() : List.of(BytePattern.of("3 a".getBytes(US_ASCII))),
                since,
                until);
        List<Integer> meant = new ArrayList<>();
        for (int id = since - since % 7; id <= Math.min(upTo, until + 7); id++) {
            if (id >= FIRST && matches(filter, id) && states.compareAndSet(id, LIVE, BEING_DELETED)) {
                meant.add(id);
            }
        }
        long deleted = store.delete(filter, upTo);
        assertThat(deleted).isLessThanOrEqualTo(meant.size());
        meant.forEach(id -> states.set(id, DELETED));
    }
}
