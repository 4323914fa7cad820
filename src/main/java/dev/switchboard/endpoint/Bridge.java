package dev.switchboard.endpoint;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One WebSocket joined to one raw connection. The loop puts what the peer sent in a queue, bounded in bytes; a virtual
 * thread of the bridge's own writes it to the WebSocket, so a browser that is slow holds up nobody. One that is too
 * slow is hung up on. The queue is there before the WebSocket, so that nothing is missed while it is being opened.
 */
final class Bridge {

    private static final Logger log = LoggerFactory.getLogger(Bridge.class);

    private static final long MAX_QUEUED = 8 << 20;
    /** What an item costs beside its bytes. */
    private static final int OVERHEAD = 64;

    private final String connection;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean hungUp = new AtomicBoolean();

    private sealed interface Item {
        record Send(WebSocketMessage<?> message) implements Item {}

        record HangUp(CloseStatus status) implements Item {}
    }

    Bridge(String connection) {
        this.connection = connection;
    }

    /** Begins to write to the WebSocket; called once. */
    void open(WebSocketSession session) {
        Thread.ofVirtual().name("bridge-" + connection).start(() -> write(session));
    }

    String connection() {
        return connection;
    }

    /** Any thread; never blocks. */
    void received(byte[] payload) {
        offer(new BinaryMessage(payload));
    }

    /** Tells whoever is at the WebSocket what went wrong; the peer's bytes come as binary frames, this as text. */
    void problem(String json) {
        offer(new TextMessage(json));
    }

    private void offer(WebSocketMessage<?> message) {
        int cost = message.getPayloadLength() + OVERHEAD;
        if (queued.addAndGet(cost) > MAX_QUEUED) {
            hangUp(CloseStatus.SERVICE_OVERLOAD.withReason(
                    "too slow: more than " + MAX_QUEUED + " bytes were waiting"));
        } else if (!hungUp.get()) {
            queue.add(new Item.Send(message));
        }
    }

    /** Closes the WebSocket after what is queued; the first call counts. */
    void hangUp(CloseStatus status) {
        if (hungUp.compareAndSet(false, true)) {
            queue.add(new Item.HangUp(status));
        }
    }

    private void write(WebSocketSession session) {
        try {
            while (true) {
                switch (queue.take()) {
                    case Item.Send(WebSocketMessage<?> message) -> {
                        session.sendMessage(message);
                        queued.addAndGet(-message.getPayloadLength() - OVERHEAD);
                    }
                    case Item.HangUp(CloseStatus status) -> {
                        session.close(status);
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException e) {
            log.debug("the WebSocket of {} is gone", connection, e);
            giveUp(session);
        }
    }

    /** The container tells its handler then, which closes the connection. */
    private void giveUp(WebSocketSession session) {
        hungUp.set(true);
        queue.clear();
        try {
            session.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException | IllegalStateException e) {
            log.debug("nor could it be closed", e);
        }
    }
}
