package dev.switchboard.endpoint;

import dev.switchboard.traffic.Frame;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * Takes frames off the loops to a handler that may block, so that no slow handler ever holds up a socket that it does
 * not serve.
 *
 * <pre>
 *   loop ──frame──► lane of connection 1 │ · · · │ ──► virtual thread, while there is something
 *        ──frame──► lane of connection 2 │ ·     │ ──► another
 * </pre>
 *
 * <p>A lane is bounded in bytes. When one is full its own connection is not read until half of it is worked off, so a
 * handler that can't keep up slows TCP down; a datagram does not wait, so it is passed over, and counted.
 *
 * <p>{@link #handleMessage} is called on the loops and does not block.
 */
final class OffLoop implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(OffLoop.class);

    /** What a waiting frame costs beside its bytes. */
    private static final int OVERHEAD = 64;

    private final ConnectionRegistry registry;
    private final FrameHandler handler;
    private final long mostWaiting;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final LongAdder passedOver = new LongAdder();

    /** @param mostWaiting bytes that may wait in one lane */
    OffLoop(ConnectionRegistry registry, FrameHandler handler, long mostWaiting) {
        this.registry = registry;
        this.handler = handler;
        this.mostWaiting = mostWaiting;
    }

    /** Datagrams the handler never saw, since it was too slow. */
    long passedOver() {
        return passedOver.sum();
    }

    @Override
    public void handleMessage(Message<?> message) {
        Frame frame = (Frame) message.getPayload();
        // Inside compute, so that a lane that has just run dry is not thrown away with a frame in it.
        lanes.compute(frame.connection().id(), (id, lane) -> {
            Lane current = lane == null ? new Lane(id) : lane;
            current.add(frame);
            return current;
        });
    }

    /** The frames of one connection that wait for the handler. */
    private final class Lane {

        private final String connection;
        private final Queue<Frame> waiting = new ArrayDeque<>();
        private long bytes;
        private boolean working;
        private boolean held;

        private Lane(String connection) {
            this.connection = connection;
        }

        private synchronized void add(Frame frame) {
            OpenConnection open = registry.open(connection).orElse(null);
            if (bytes >= mostWaiting && open instanceof DatagramPeer) {
                passedOver.increment();
                return;
            }
            waiting.add(frame);
            bytes += cost(frame);
            if (bytes >= mostWaiting && !held && open != null) {
                held = true;
                open.holdReading();
            }
            if (!working) {
                working = true;
                Thread.ofVirtual().name("frames-" + connection).start(this::work);
            }
        }

        private void work() {
            for (Frame frame = next(); frame != null; frame = next()) {
                try {
                    handler.frame(frame);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (Exception | Error e) {
                    log.warn("{}: a handler failed on frame {}", connection, frame.id(), e);
                } finally {
                    done(frame);
                }
            }
        }

        /** The next, or null when there is none and this thread is to end. */
        private @Nullable Frame next() {
            Frame frame = peek();
            if (frame != null) {
                return frame;
            }
            // Asked again where nobody adds at the same time.
            lanes.computeIfPresent(connection, (id, lane) -> lane == this && lane.finished() ? null : lane);
            return peek();
        }

        private synchronized @Nullable Frame peek() {
            return waiting.peek();
        }

        private synchronized boolean finished() {
            if (waiting.isEmpty()) {
                working = false;
            }
            return waiting.isEmpty();
        }

        private synchronized void done(Frame frame) {
            waiting.remove();
            bytes -= cost(frame);
            if (held && bytes <= mostWaiting / 2) {
                held = false;
                registry.open(connection).ifPresent(OpenConnection::releaseReading);
            }
        }

        private long cost(Frame frame) {
            return (long) frame.bytes() + OVERHEAD;
        }
    }
}
