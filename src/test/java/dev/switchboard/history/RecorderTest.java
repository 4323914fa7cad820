package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecorderTest {

    private static final int MIB = 1 << 20;
    private static final EventFilter ALL_EVENTS = new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE);

    private final Capture capture = new Capture(MIB, 1024);
    private final HistoryStore store = new MemoryStore(64 * MIB, Duration.ofDays(1), capture::now);
    private final Recorder recorder = new Recorder(capture, store);
    private final History history = new History(capture, recorder, store, Duration.ofSeconds(2));
    private final ConnectionKey connection = Traffic.CONNECTIONS.getFirst();

    @AfterEach
    void stop() {
        recorder.stop();
        store.close();
    }

    private Chunk move(Direction direction, int length) {
        return capture.moved(connection, direction, new byte[length], FrameEnds.whole(length, Origin.PEER), null);
    }

    @Test
    void whatWasCapturedAMomentAgoIsFoundAtOnce() {
        recorder.start();
        for (int i = 0; i < 500; i++) {
            Chunk chunk = move(Direction.IN, 1);
            assertThat(history.message(chunk.id())).map(Frame::id).hasValue(chunk.id());
        }
        LifeCycle event = capture.endpoint("meter", LifeCycle.Kind.BOUND, LifeCycle.Call.BIND, "bind(…)");
        assertThat(history.events(ALL_EVENTS, Long.MAX_VALUE, 1).items()).containsExactly(event);
    }

    @Test
    void recordsWhatWasCapturedBeforeItStarted() {
        Chunk early = move(Direction.IN, 1);
        recorder.start();
        assertThat(history.message(early.id())).isPresent();
    }

    @Test
    void recordsWhatIsLeftBeforeItStops() {
        recorder.start();
        for (int i = 0; i < 500; i++) {
            move(Direction.IN, 1);
        }
        recorder.stop();
        assertThat(store.bounds().frames()).isEqualTo(500);
        assertThat(recorder.isRunning()).isFalse();
    }

    @Test
    void startsAgainWhereItStopped() {
        recorder.start();
        move(Direction.IN, 1);
        recorder.stop();
        recorder.start();
        Chunk later = move(Direction.IN, 1);
        assertThat(history.message(later.id())).isPresent();
        assertThat(history.bounds().frames()).isEqualTo(2);
        assertThat(history.counters(later.id()).framesIn()).isEqualTo(2);
    }

    @Test
    void countsExactlyWhatWasCaptured() {
        recorder.start();
        ConnectionKey udp = new ConnectionKey("u", "logs", Transport.UDP, Role.PEER, "127.0.0.1:1", "127.0.0.1:2", 0);
        ConnectionKey second = Traffic.CONNECTIONS.get(1);
        capture.connection(connection, LifeCycle.Kind.ACCEPTED, LifeCycle.Call.ACCEPT, "");
        capture.connection(second, LifeCycle.Kind.CONNECTED, LifeCycle.Call.CONNECT, "");
        capture.connection(udp, LifeCycle.Kind.CONNECTED, LifeCycle.Call.CONNECT, "");
        move(Direction.IN, 10);
        move(Direction.OUT, 20);
        move(Direction.OUT, 0);
        capture.datagram(udp, Direction.IN, new byte[5], Origin.PEER);
        capture.moved(connection, Direction.IN, new byte[3], FrameEnds.none(), null);
        capture.unfinished(connection, Direction.IN, Origin.PEER, new byte[3]);
        capture.endpoint("meter", LifeCycle.Kind.FAILED, LifeCycle.Call.BIND, "");
        capture.connection(connection, LifeCycle.Kind.FRAMING_ERROR, null, "");
        long beforeTheEnd = capture.latest();

        assertThat(history.counters(beforeTheEnd)).isEqualTo(new Counters(beforeTheEnd, 3, 2, 18, 20, 2, 2, 0));

        capture.ended(connection, null, "", CloseReason.FRAMING_ERROR);
        assertThat(history.counters(capture.latest()).connectionsOpen()).isEqualTo(1);
    }

    @Test
    void tellsOfDatagramsThatWereNotRecordedAndWaitsForNoneOfThem() {
        StandingStore standing = new StandingStore(store);
        Recorder slow = new Recorder(capture, standing);
        slow.start();
        long missed = 0;
        while (missed < 10) {
            missed += capture.datagram(connection, Direction.IN, new byte[MIB / 16], Origin.PEER)
                            .recorded()
                    ? 0
                    : 1;
        }
        standing.goOn.countDown();

        assertThat(slow.await(capture.latest(), Duration.ofSeconds(30))).isTrue();
        slow.stop();
        assertThat(slow.counters().captureGap()).isEqualTo(missed);
        // A page large enough to hold all there is: one that ends after a gap does not tell of it.
        assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 1_000).captureGap())
                .isEqualTo(missed);
    }

    @Test
    void framesThatCouldNotBeStoredCountAsNotRecorded() {
        Recorder failing = new Recorder(capture, new BrokenStore(store));
        move(Direction.IN, 1);
        move(Direction.IN, 1);
        failing.start();
        assertThat(failing.await(capture.latest(), Duration.ofSeconds(30))).isTrue();
        assertThat(failing.counters().captureGap()).isEqualTo(2);
        assertThat(failing.counters().framesIn()).isEqualTo(2);
        failing.stop();
    }

    @Test
    void countsWhatTheStoreSaysItCouldNotStore() {
        Recorder full = new Recorder(capture, new FullStore(store));
        move(Direction.IN, 1);
        move(Direction.IN, 1);
        full.start();
        assertThat(full.await(capture.latest(), Duration.ofSeconds(30))).isTrue();
        assertThat(full.counters().captureGap()).isEqualTo(2);
        full.stop();
    }

    /** A store that has no room. */
    private static final class FullStore extends StoreBesideAnother {

        FullStore(HistoryStore other) {
            super(other);
        }

        @Override
        public long append(List<TrafficEvent> events) {
            return events.stream().mapToLong(TrafficEvent::frames).sum();
        }
    }

    /** A store that takes nothing. */
    private static final class BrokenStore extends StoreBesideAnother {

        BrokenStore(HistoryStore other) {
            super(other);
        }

        @Override
        public long append(List<TrafficEvent> events) {
            throw new IllegalStateException("the disk is full");
        }
    }

    /** A store that takes something only when it is let. */
    private static final class StandingStore extends StoreBesideAnother {

        private final CountDownLatch goOn = new CountDownLatch(1);

        StandingStore(HistoryStore other) {
            super(other);
        }

        @Override
        public long append(List<TrafficEvent> events) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.append(events);
        }
    }

    /** Does what another store does. */
    private abstract static class StoreBesideAnother implements HistoryStore {

        private final HistoryStore other;

        StoreBesideAnother(HistoryStore other) {
            this.other = other;
        }

        @Override
        public long append(List<TrafficEvent> events) {
            return other.append(events);
        }

        @Override
        public Import beginImport() throws ImportTooLargeException {
            return other.beginImport();
        }

        @Override
        public long maxBytes() {
            return other.maxBytes();
        }

        @Override
        public void trim() {
            other.trim();
        }

        @Override
        public MessagePage messages(MessageFilter filter, long before, int limit, Deadline deadline) {
            return other.messages(filter, before, limit, deadline);
        }

        @Override
        public Summary summary(MessageFilter filter, int buckets, Deadline deadline) {
            return other.summary(filter, buckets, deadline);
        }

        @Override
        public ChunkRun back(MessageFilter filter, long from, long before, long maxBytes, Deadline deadline) {
            return other.back(filter, from, before, maxBytes, deadline);
        }

        @Override
        public EventPage events(EventFilter filter, long before, int limit) {
            return other.events(filter, before, limit);
        }

        @Override
        public Optional<Frame> message(long id) {
            return other.message(id);
        }

        @Override
        public Reading read(MessageFilter passOver, long after, long to, int max) {
            return other.read(passOver, after, to, max);
        }

        @Override
        public long delete(MessageFilter filter, long upTo) {
            return other.delete(filter, upTo);
        }

        @Override
        public HistoryBounds bounds() {
            return other.bounds();
        }

        @Override
        public HistoryStatus status() {
            return other.status();
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
