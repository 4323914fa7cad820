package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

class RegistryAndRepliesTest {

    private final Capture capture = new Capture(1 << 20, 16);
    private final ConnectionRegistry registry = new ConnectionRegistry(capture, 3);

    private static final class Known implements OpenConnection {

        private final ConnectionKey key;
        private final long sequence;
        private volatile Connection known;

        Known(String id, String endpoint, long sequence) {
            this.key = new ConnectionKey(id, endpoint, Transport.TCP, Role.ACCEPTED, "127.0.0.1:1", "127.0.0.1:2", 1);
            this.sequence = sequence;
            this.known = Connection.open(key, sequence, Connection.State.OPEN, new Tally(new Counters(), 1));
        }

        void end() {
            known = Connection.closed(key, sequence, 2, CloseReason.PEER_CLOSED, null, new Tally(new Counters(), 1));
        }

        @Override
        public ConnectionKey key() {
            return key;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public long waiting() {
            return 0;
        }

        @Override
        public Connection known() {
            return known;
        }

        @Override
        public MessageHeaders headers() {
            return SharedHeaders.of(key);
        }

        @Override
        public void holdReading() {}

        @Override
        public void releaseReading() {}

        @Override
        public CompletableFuture<Void> close(CloseReason reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> reset() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> halfClose() {
            throw new UnsupportedOperationException();
        }
    }

    private Known opened(String endpoint) {
        long number = registry.nextSequence();
        Known connection = new Known(registry.id(number), endpoint, number);
        registry.opened(connection);
        return connection;
    }

    private void close(Known connection) {
        connection.end();
        registry.closed(connection);
    }

    // ------------------------------------------------------------------ registry

    @Test
    void findsOpenOnesAndTheNewestOfTheClosed() {
        List<Known> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(opened(i % 2 == 0 ? "even" : "odd"));
        }
        for (int i = 0; i < 5; i++) {
            close(all.get(i));
        }
        assertThat(registry.find(all.get(0).key().id())).isEmpty();
        assertThat(registry.find(all.get(1).key().id())).isEmpty();
        assertThat(registry.find(all.get(4).key().id()).orElseThrow().state()).isEqualTo(Connection.State.CLOSED);
        assertThat(registry.open(all.get(4).key().id())).isEmpty();
        assertThat(registry.open(all.get(5).key().id())).isPresent();
        assertThat(registry.list(known -> true, Long.MAX_VALUE, 10))
                .extracting(Connection::sequence)
                .containsExactly(6L, 5L, 4L, 3L);
        assertThat(registry.list(known -> true, 6, 2))
                .extracting(Connection::sequence)
                .containsExactly(5L, 4L);
        assertThat(registry.openOf("odd")).hasSize(1);
        assertThat(registry.openOf("even")).isEmpty();
    }

    @Test
    void knowsTheNumberInItsOwnIdsAlone() {
        assertThat(registry.sequence(registry.id(42))).hasValue(42);
        for (String id : List.of(
                "",
                "42",
                "x-42",
                capture.epoch() + "-",
                capture.epoch() + "--1",
                capture.epoch() + "-9999999999999999999")) {
            assertThat(registry.sequence(id)).isEmpty();
        }
    }

    /** It is listed, open or closed, at every moment of its life. */
    @Test
    void neverLosesSightOfOneThatClosesMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Known[] latest = {opened("e")};
        Thread closing = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 20_000; i++) {
                Known next = opened("e");
                Known old = latest[0];
                latest[0] = next;
                close(old);
            }
            done.set(true);
        });
        Known watched = opened("watched");
        while (!done.get()) {
            assertThat(registry.list(known -> true, Long.MAX_VALUE, 100))
                    .extracting(known -> known.key().id())
                    .contains(watched.key().id())
                    .doesNotHaveDuplicates();
        }
        closing.join();
    }

    // ------------------------------------------------------------------ replies

    private static Frame frame(Known connection, long id) {
        byte[] bytes = {1};
        return new Frame(id, 0, connection.key(), Direction.IN, Origin.PEER, bytes, 0, 1, 1, true);
    }

    private static void in(Replies replies, Frame frame) {
        replies.handleMessage(new GenericMessage<>(frame));
    }

    @Test
    void theReplyIsTheFirstFrameInAfterTheOneThatWasSent() throws Exception {
        Replies replies = new Replies();
        Known one = opened("e");
        Known other = opened("e");
        try (Replies.Expectation expected = replies.expect(List.of(one.key().id()))) {
            in(replies, frame(one, 5));
            expected.sent(one.key().id(), 10);
            in(replies, frame(one, 9));
            in(replies, frame(other, 11));
            assertThat(expected.reply()).isNotDone();
            in(replies, frame(one, 12));
            in(replies, frame(one, 13));
            assertThat(expected.reply().get().id()).isEqualTo(12);
        }
    }

    @Test
    void givesUpOnceNoneOfTheConnectionsCanAnswer() {
        Replies replies = new Replies();
        Known one = opened("e");
        Known other = opened("e");
        try (Replies.Expectation expected =
                replies.expect(List.of(one.key().id(), other.key().id()))) {
            expected.sent(one.key().id(), 10);
            one.end();
            replies.ended(one.known());
            replies.ended(one.known());
            assertThat(expected.reply()).isNotDone();
            expected.nothingFrom(other.key().id());
            assertThatThrownBy(() -> expected.reply().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoLongerExpectedDisturbsNobody() {
        Replies replies = new Replies();
        Known one = opened("e");
        Replies.Expectation first = replies.expect(List.of(one.key().id()));
        Replies.Expectation second = replies.expect(List.of(one.key().id()));
        first.sent(one.key().id(), 1);
        second.sent(one.key().id(), 1);
        first.close();
        in(replies, frame(one, 2));
        assertThat(first.reply()).isNotDone();
        assertThat(second.reply()).isCompleted();
        second.close();
        in(replies, frame(one, 3));
    }
}
