package dev.switchboard.endpoint;

import dev.switchboard.traffic.Frame;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
        private final CompletableFuture<Frame> reply = new CompletableFuture<>();
        private final Map<String, Long> sent = new ConcurrentHashMap<>();

        private Expectation(Collection<String> connections) {
            this.connections = connections;
        }

        /** From now on frames on that connection count; called on its loop, so no answer slips by. */
        void sent(String connection, long messageId) {
            sent.put(connection, messageId);
        }

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
}
