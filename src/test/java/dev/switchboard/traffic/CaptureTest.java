package dev.switchboard.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CaptureTest {

    private static final int MIB = 1 << 20;
    private static final Duration LONG = Duration.ofHours(1);

    private final ConnectionKey peer = connection("a", "meter");

    private static ConnectionKey connection(String id, String endpoint) {
        return new ConnectionKey(id, endpoint, Transport.UDP, Role.PEER, "127.0.0.1:1", "127.0.0.1:2", 0);
    }

    private Chunk move(Capture capture, int length) {
        return capture.moved(peer, Direction.IN, new byte[length], FrameEnds.whole(length, Origin.PEER), null);
    }

    private static List<TrafficEvent> readAll(Follower follower) throws InterruptedException {
        List<TrafficEvent> events = new ArrayList<>();
        Batch batch;
        do {
            batch = follower.next(1000, Duration.ZERO, Duration.ZERO);
            events.addAll(batch.events());
        } while (!batch.events().isEmpty());
        return events;
    }

    @Test
    void givesIdsInTheOrderOfCaptureAndAnIdForEachFrame() {
        Capture capture = new Capture(MIB, 1024);
        long before = capture.latest();
        FrameEnds three = new FrameEnds.Builder()
                .add(1, 0, 0, Origin.PEER)
                .add(2, 0, 0, Origin.PEER)
                .add(3, 0, 0, Origin.PEER)
                .build();

        Chunk chunk = capture.moved(peer, Direction.IN, new byte[4], three, null);
        LifeCycle event = capture.endpoint("meter", LifeCycle.Kind.BOUND, LifeCycle.Call.BIND, "bind(…)");
        Chunk frameless = capture.moved(peer, Direction.IN, new byte[4], FrameEnds.none(), null);

        assertThat(chunk.id()).isEqualTo(before + 1);
        assertThat(chunk.lastId()).isEqualTo(before + 3);
        assertThat(event.id()).isEqualTo(before + 4);
        assertThat(frameless.id()).isEqualTo(before + 5);
        assertThat(capture.latest()).isEqualTo(before + 5);
    }

    @Test
    void stampsTimesThatNeverStepBack() throws Exception {
        Capture capture = new Capture(MIB, 1024);
        Follower follower = capture.follow();
        long before = capture.now();
        for (int i = 0; i < 1000; i++) {
            move(capture, 1);
        }
        assertThat(readAll(follower)).extracting(TrafficEvent::at).isSorted().allMatch(at -> at >= before);
        assertThat(capture.now()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void keeperReadsEverythingThatManyThreadsAppendInOneOrder() throws Exception {
        int threads = 4;
        int each = 50_000;
        Capture capture = new Capture(MIB, 4096);
        Follower keeper = capture.keep();
        Semaphore room = new Semaphore(0);
        capture.whenRoom(() -> room.release(threads));
        List<ConnectionKey> connections = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            connections.add(connection("c" + i, "meter"));
        }
        int[] next = new int[threads];
        long lastId = capture.latest();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (ConnectionKey connection : connections) {
                pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        // As who reads from TCP does; the timeout is for room made between the two calls.
                        while (capture.congested()) {
                            room.tryAcquire(10, TimeUnit.MILLISECONDS);
                        }
                        byte[] number = {(byte) (i >> 16), (byte) (i >> 8), (byte) i};
                        capture.moved(connection, Direction.IN, number, FrameEnds.whole(3, Origin.PEER), null);
                    }
                    return null;
                });
            }
            int read = 0;
            while (read < threads * each) {
                Batch batch = keeper.next(500, Duration.ZERO, Duration.ofSeconds(10));
                assertThat(batch.skipped()).isZero();
                assertThat(batch.events()).isNotEmpty();
                for (TrafficEvent event : batch.events()) {
                    Chunk chunk = (Chunk) event;
                    byte[] bytes = chunk.bytes();
                    int number = (bytes[0] & 0xFF) << 16 | (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
                    int thread = connections.indexOf(chunk.connection());
                    assertThat(number).isEqualTo(next[thread]++);
                    assertThat(chunk.id()).isEqualTo(++lastId);
                }
                read += batch.events().size();
            }
        }
        assertThat(next).containsOnly(each);
    }

    @Test
    void tellsASlowFollowerExactlyHowManyFramesItMissed() throws Exception {
        Capture capture = new Capture(MIB, 16);
        Follower follower = capture.follow();
        int frames = 0;
        for (int chunk = 0; chunk < 100; chunk++) {
            FrameEnds.Builder ends = new FrameEnds.Builder();
            for (int i = 0; i < chunk % 4; i++) {
                ends.add(i + 1, 0, 0, Origin.PEER);
            }
            frames += chunk % 4;
            capture.moved(peer, Direction.IN, new byte[4], ends.build(), null);
        }
        Batch batch = follower.next(5, Duration.ZERO, Duration.ZERO);
        assertThat(batch.events()).hasSize(5);
        Batch rest = follower.next(1000, Duration.ZERO, Duration.ZERO);
        assertThat(rest.events()).hasSize(11);
        assertThat(rest.skipped()).isZero();
        int seen = batch.events().stream().mapToInt(TrafficEvent::frames).sum()
                + rest.events().stream().mapToInt(TrafficEvent::frames).sum();
        assertThat(batch.skipped() + seen).isEqualTo(frames);
    }

    @Test
    void tellsOfFramesMissedBetweenTwoReadsOnly() throws Exception {
        Capture capture = new Capture(MIB, 16);
        move(capture, 1);
        Follower follower = capture.follow();
        for (int i = 0; i < 20; i++) {
            move(capture, 1);
        }
        assertThat(follower.next(4, Duration.ZERO, Duration.ZERO).skipped()).isEqualTo(4);
        for (int i = 0; i < 10; i++) {
            move(capture, 1);
        }
        Batch batch = follower.next(100, Duration.ZERO, Duration.ZERO);
        assertThat(batch.skipped()).isEqualTo(6);
        assertThat(batch.events()).hasSize(16);
    }

    @Test
    void evictsTheOldestWhenTheBytesAreMoreThanTheBound() throws Exception {
        Capture capture = new Capture(MIB, 1024);
        Follower follower = capture.follow();
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            chunks.add(move(capture, MIB / 8));
        }
        Batch batch = follower.next(100, Duration.ZERO, Duration.ZERO);
        assertThat(batch.events()).isNotEmpty().hasSizeLessThanOrEqualTo(8);
        assertThat(batch.events()).isEqualTo(chunks.subList(20 - batch.events().size(), 20));
    }

    @Test
    void countsWhatTheEndsOfTinyFramesTake() throws Exception {
        Capture capture = new Capture(MIB, 1024);
        Follower follower = capture.follow();
        int frames = 16 * 1024;
        FrameEnds.Builder emptyLines = new FrameEnds.Builder();
        for (int i = 1; i <= frames; i++) {
            emptyLines.add(i, 0, 1, Origin.PEER);
        }
        FrameEnds ends = emptyLines.build();
        for (int i = 0; i < 20; i++) {
            capture.moved(peer, Direction.IN, new byte[frames], ends, null);
        }
        Batch batch = follower.next(100, Duration.ZERO, Duration.ZERO);
        assertThat(batch.events()).hasSizeBetween(1, 4);
        assertThat(batch.skipped()).isEqualTo((20L - batch.events().size()) * frames);
    }

    @Test
    void takesAChunkLargerThanItsBound() throws Exception {
        Capture capture = new Capture(MIB, 1024);
        Follower follower = capture.follow();
        Chunk large = move(capture, 3 * MIB);
        assertThat(readAll(follower)).containsExactly(large);
    }

    @Test
    void isCongestedWhileTheKeeperIsFarBehindAndSaysWhenThereIsRoom() throws Exception {
        Capture capture = new Capture(MIB, 1024);
        Follower keeper = capture.keep();
        AtomicInteger told = new AtomicInteger();
        capture.whenRoom(told::incrementAndGet);
        int moved = 0;
        while (!capture.congested()) {
            move(capture, MIB / 16);
            moved++;
        }
        assertThat(moved).isBetween(12, 13);

        assertThat(keeper.next(2, Duration.ZERO, Duration.ZERO).events()).hasSize(2);
        assertThat(capture.congested()).isTrue();
        assertThat(told).hasValue(0);

        assertThat(readAll(keeper)).hasSize(moved - 2);
        assertThat(capture.congested()).isFalse();
        assertThat(told).hasValue(1);
    }

    @Test
    void isCongestedWhenTheRecordsRatherThanTheBytesFillIt() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower keeper = capture.keep();
        for (int i = 0; i < 49; i++) {
            assertThat(capture.congested()).isFalse();
            move(capture, 1);
        }
        assertThat(capture.congested()).isTrue();
        readAll(keeper);
        assertThat(capture.congested()).isFalse();
    }

    @Test
    void keepsWhatTheKeeperHasNotReadOverTheBoundInBytes() throws Exception {
        Capture capture = new Capture(MIB, 1024);
        Follower keeper = capture.keep();
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chunks.add(move(capture, MIB / 8));
        }
        assertThat(readAll(keeper)).isEqualTo(chunks);
    }

    @Test
    void countsDatagramsMissedWhileCongestedForEachEndpoint() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower keeper = capture.keep();
        ConnectionKey other = connection("b", "logs");
        while (!capture.congested()) {
            move(capture, 1);
        }
        long latest = capture.latest();
        for (int i = 0; i < 3; i++) {
            Capture.Datagram missed = capture.datagram(peer, Direction.IN, new byte[1], Origin.PEER);
            assertThat(missed.recorded()).isFalse();
            assertThat(missed.chunk().id()).isEqualTo(++latest);
        }
        capture.datagram(other, Direction.IN, new byte[1], Origin.PEER);

        List<TrafficEvent> events = readAll(keeper);
        assertThat(events.stream().filter(Gap.class::isInstance).map(Gap.class::cast))
                .extracting(Gap::endpoint, Gap::missed)
                .containsExactly(tuple("meter", 3L), tuple("logs", 1L));
        assertThat(events).extracting(TrafficEvent::id).isSorted().doesNotHaveDuplicates();
        Capture.Datagram recorded = capture.datagram(peer, Direction.IN, new byte[1], Origin.PEER);
        assertThat(recorded.recorded()).isTrue();
        assertThat(readAll(keeper)).containsExactly(recorded.chunk());
    }

    @Test
    void countsWhatIsLostWhenEverySlotHoldsWhatTheKeeperHasNotRead() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower keeper = capture.keep();
        for (int i = 0; i < 100; i++) {
            move(capture, 1);
        }
        List<TrafficEvent> events = readAll(keeper);
        long missed = events.stream()
                .filter(Gap.class::isInstance)
                .mapToLong(event -> ((Gap) event).missed())
                .sum();
        assertThat(events.stream().filter(Chunk.class::isInstance).count() + missed)
                .isEqualTo(100);
        assertThat(missed).isEqualTo(36);
        assertThat(capture.congested()).isFalse();
        // What was lost must not count as unread for ever.
        for (int round = 0; round < 100; round++) {
            move(capture, MIB / 8);
            readAll(keeper);
        }
        assertThat(capture.congested()).isFalse();
    }

    @Test
    void saysWhatWasMissedWhenTheKeeperLeaves() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower keeper = capture.keep();
        while (!capture.congested()) {
            move(capture, 1);
        }
        capture.datagram(peer, Direction.IN, new byte[1], Origin.PEER);
        keeper.close();
        assertThat(readAll(keeper).getLast()).isInstanceOf(Gap.class);
        assertThat(capture.congested()).isFalse();
    }

    @Test
    void hasOneKeeperAtATimeWhichBeginsWithWhatIsThere() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Chunk first = move(capture, 1);
        Follower keeper = capture.keep();
        assertThatIllegalStateException().isThrownBy(capture::keep);
        assertThat(readAll(keeper)).containsExactly(first);
        keeper.close();
        try (Follower next = capture.keep()) {
            assertThat(readAll(next)).containsExactly(first);
        }
    }

    @Test
    void followerBeginsWithWhatComesNext() throws Exception {
        Capture capture = new Capture(MIB, 64);
        move(capture, 1);
        Follower follower = capture.follow();
        Chunk next = move(capture, 1);
        assertThat(readAll(follower)).containsExactly(next);
    }

    @Test
    void closingEndsAWait() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower follower = capture.follow();
        CountDownLatch started = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Batch> waiting = pool.submit(() -> {
                started.countDown();
                return follower.next(10, Duration.ZERO, LONG);
            });
            started.await();
            follower.close();
            assertThat(waiting.get().events()).isEmpty();
        }
    }

    @Test
    void appendingEndsAWait() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower follower = capture.follow();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Batch> waiting = pool.submit(() -> follower.next(10, Duration.ZERO, LONG));
            Chunk chunk = move(capture, 1);
            assertThat(waiting.get().events()).containsExactly(chunk);
        }
    }

    @Test
    void hurryingGivesAFollowerAtOnceWhatThereIsEvenIfItComesForItLater() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower follower = capture.follow();
        Chunk chunk = move(capture, 1);
        capture.hurry();
        assertThat(follower.next(10, LONG, LONG).events()).containsExactly(chunk);
    }

    @Test
    void hurryingEndsALinger() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower follower = capture.follow();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Batch> waiting = pool.submit(() -> follower.next(10, LONG, LONG));
            Chunk chunk = move(capture, 1);
            capture.hurry();
            assertThat(waiting.get().events()).containsExactly(chunk);
        }
    }

    @Test
    void congestionEndsALinger() throws Exception {
        Capture capture = new Capture(MIB, 64);
        Follower keeper = capture.keep();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Batch> waiting = pool.submit(() -> keeper.next(1000, LONG, LONG));
            while (!capture.congested() && !waiting.isDone()) {
                move(capture, 1);
            }
            assertThat(waiting.get().events()).isNotEmpty();
        }
    }

    @Test
    void endOfAConnectionIsAResetOnlyWhenItWasReset() {
        Capture capture = new Capture(MIB, 64);
        for (CloseReason reason : CloseReason.values()) {
            LifeCycle end = capture.ended(peer, null, "", reason);
            boolean reset = reason == CloseReason.PEER_RESET || reason == CloseReason.LOCAL_RESET;
            assertThat(end.kind()).isEqualTo(reset ? LifeCycle.Kind.RESET : LifeCycle.Kind.CLOSED);
            assertThat(end.kind().end()).isTrue();
            assertThat(end.reason()).isEqualTo(reason);
        }
    }

    @Test
    void refusesBoundsThatMakeNoRing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Capture(MIB - 1, 64));
        assertThatIllegalArgumentException().isThrownBy(() -> new Capture(MIB, 63));
    }
}
