package dev.switchboard.endpoint;

import dev.switchboard.traffic.Outgoing.Receipt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what waits to be sent on one connection, wherever it waits: handed over to the loop or in its queue. What is
 * larger than the bound by itself passes when nothing else waits. Any thread.
 */
final class SendGate {

    private final String connection;
    private final long most;
    private final AtomicLong inside = new AtomicLong();

    SendGate(String connection, long most) {
        this.connection = connection;
        this.most = most;
    }

    /** Whether there is room; if so, what {@link #settling} makes must be told what became of it. */
    boolean enter(int bytes) {
        long cost = cost(bytes);
        long before = inside.getAndAdd(cost);
        if (before > 0 && before + cost > most) {
            inside.addAndGet(-cost);
            return false;
        }
        return true;
    }

    /** In any case: there is another bound on it. What {@link #settling} makes must be told what became of it. */
    void pass(int bytes) {
        inside.addAndGet(cost(bytes));
    }

    private static long cost(int bytes) {
        return (long) bytes + SendQueue.FRAME_COST;
    }

    QueueFullException full() {
        return new QueueFullException(connection, inside.get());
    }

    /** Passes on what became of it, and makes room again. */
    Receipt settling(Receipt receipt, int bytes) {
        return new Receipt() {
            @Override
            public void sent(long messageId, int wireBytes) {
                inside.addAndGet(-cost(bytes));
                receipt.sent(messageId, wireBytes);
            }

            @Override
            public void failed(Exception reason) {
                inside.addAndGet(-cost(bytes));
                receipt.failed(reason);
            }
        };
    }
}
