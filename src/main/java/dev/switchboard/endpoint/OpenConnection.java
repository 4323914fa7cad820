package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.MessageHeaders;

/** A connection that has not ended yet: a TCP connection or a UDP peer. Any thread may call its methods. */
interface OpenConnection {

    ConnectionKey key();

    /** Counts connections since the process started. */
    long sequence();

    /** What is known of it now. */
    Connection known();

    /**
     * What waits to be sent on it, in the measure that {@code switchboard.max-queued} bounds; for a UDP peer always 0,
     * since the endpoint's one socket has the queue.
     */
    long waiting();

    /** The headers of every message of this connection; a message with them goes to it. */
    MessageHeaders headers();

    /**
     * Reads no more from a TCP peer until {@link #releaseReading} was called as often as this, so that TCP slows the
     * peer down. A UDP peer can't be slowed down: nothing happens.
     */
    void holdReading();

    /** Takes back one {@link #holdReading}. */
    void releaseReading();

    /**
     * Ends it in order. What waits to be sent still goes out, within a limit.
     *
     * @return completes when the kernel has closed the socket
     */
    CompletableFuture<Void> close(CloseReason reason);

    /**
     * Ends it at once with a RST (RFC 9293 §3.10.7): what waits to be sent is thrown away, and the peer's next read
     * fails.
     *
     * @throws UnsupportedOperationException for UDP, which has nothing to reset
     */
    CompletableFuture<Void> reset();

    /**
     * Sends our FIN after what waits to be sent; the peer may go on sending.
     *
     * @throws UnsupportedOperationException for UDP, which has no sides to close
     */
    CompletableFuture<Void> halfClose();
}
