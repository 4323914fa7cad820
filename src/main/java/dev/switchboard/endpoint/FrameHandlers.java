package dev.switchboard.endpoint;

import org.springframework.messaging.SubscribableChannel;

/** Where rooms that act on frames, and may block, say so. Any thread. */
public final class FrameHandlers {

    private final SubscribableChannel inbound;
    private final ConnectionRegistry registry;
    private final long mostWaiting;

    FrameHandlers(SubscribableChannel inbound, ConnectionRegistry registry, long mostWaiting) {
        this.inbound = inbound;
        this.registry = registry;
        this.mostWaiting = mostWaiting;
    }

    /** From an interest in frames to its end. */
    public interface Subscription extends AutoCloseable {

        /** Datagrams the handler never saw, since it was too slow. */
        long passedOver();

        /** No frame that comes in from now on is given to the handler. */
        @Override
        void close();
    }

    /** Has the handler called for every frame that comes in from now on. Whoever subscribes closes the subscription. */
    public Subscription subscribe(FrameHandler handler) {
        OffLoop offLoop = new OffLoop(registry, handler, mostWaiting);
        inbound.subscribe(offLoop);
        return new Subscription() {
            @Override
            public long passedOver() {
                return offLoop.passedOver();
            }

            @Override
            public void close() {
                inbound.unsubscribe(offLoop);
            }
        };
    }
}
