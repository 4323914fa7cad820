package dev.switchboard.endpoint;

import dev.switchboard.traffic.Frame;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * Waits for answers: the next frame in on a connection after the one that was sent. {@link #handleMessage} is called on
 * the loops, {@link #expect} by whoever sends.
 */
final class Replies implements MessageHandler {

    private final Map<String, List<Expectation>> waiting = new ConcurrentHashMap<>();

    /** Somebody's waiting for the first answer on any of some connections. To be closed. */
    final class Expectation implements AutoCloseable {

        private final Collection<String> connections;
        /** Those from which an answer may still come. */
        private final Set<String> left = ConcurrentHashMap.newKeySet();

        private final CompletableFuture<Frame> reply = new CompletableFuture<>();
        private final Map<String, Long> sent = new ConcurrentHashMap<>();

        private Expectation(Collection<String> connections) {
            this.connections = connections;
            left.addAll(connections);
        }

        /** From now on frames on that connection count; called on its loop, so no answer slips by. */
        void sent(String connection, long messageId) {
            sent.put(connection, messageId);
        }

        /** No answer comes from that connection: it ended, or nothing could be sent to it. */
        void nothingFrom(String connection) {
            if (left.remove(connection) && left.isEmpty()) {
                reply.completeExceptionally(new IOException("the connection ended before a reply came"));
            }
        }

        /** Completes with the answer, or with an {@link IOException} once none can come any more. */
        CompletableFuture<Frame> reply() {
            return reply;
        }

        private void seen(Frame frame) {
            Long after = sent.get(frame.connection().id());
            if (after != null && frame.id() > after) {
                reply.complete(frame);
            }
        }

        @Override
        public void close() {
            for (String connection : connections) {
                waiting.computeIfPresent(connection, (id, list) -> {
                    list.remove(this);
                    return list.isEmpty() ? null : list;
                });
            }
        }
    }

    Expectation expect(Collection<String> connections) {
        Expectation expectation = new Expectation(List.copyOf(connections));
        for (String connection : connections) {
            waiting.compute(connection, (id, list) -> {
                List<Expectation> all = list == null ? new CopyOnWriteArrayList<>() : list;
                all.add(expectation);
                return all;
            });
        }
        return expectation;
    }

    @Override
    public void handleMessage(Message<?> message) {
        if (waiting.isEmpty()) {
            return;
        }
        Frame frame = (Frame) message.getPayload();
        List<Expectation> list = waiting.get(frame.connection().id());
        if (list != null) {
            list.forEach(expectation -> expectation.seen(frame));
        }
    }

    /** Told of every connection that ended, on its loop. */
    void ended(Connection connection) {
        String id = connection.key().id();
        List<Expectation> list = waiting.get(id);
        if (list != null) {
            list.forEach(expectation -> expectation.nothingFrom(id));
        }
    }
}
