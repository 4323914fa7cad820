package dev.switchboard.endpoint;

import dev.switchboard.traffic.Outgoing.Receipt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what waits to be sent on one connection, wherever it waits: handed over to the loop or in its queue. What is
 * larger than the bound by itself passes when nothing else waits.
 *
 * <p>Other threads {@link #enter} and are counted here until it is settled. What is sent on the loop is counted by the
 * {@link SendQueue} alone, without atomics and without a receipt to wrap: it is most of what is sent, and each of the
 * two took longer than queueing a frame. Each side asks for what the other has, so the bound is one; for the other
 * threads the loop's part is as of its last attempt to write.
 */
final class SendGate {

    private final String connection;
    private final long most;
    private final AtomicLong inside = new AtomicLong();

    SendGate(String connection, long most) {
        this.connection = connection;
        this.most = most;
    }

    /**
     * Whether there is room; if so, what {@link #settling} makes must be told what became of it. Any thread.
     *
     * @param beside what waits and did not come through here
     */
    boolean enter(int bytes, long beside) {
        long cost = cost(bytes);
        long before = inside.getAndAdd(cost) + beside;
        if (before > 0 && before + cost > most) {
            inside.addAndGet(-cost);
            return false;
        }
        return true;
    }

    /** Whether there is room for what will not be counted here. */
    boolean hasRoom(int bytes, long beside) {
        long before = inside.get() + beside;
        return before <= 0 || before + cost(bytes) <= most;
    }

    /** What waits wherever it came from. */
    long waiting(long beside) {
        return inside.get() + beside;
    }

    private static long cost(int bytes) {
        return (long) bytes + SendQueue.FRAME_COST;
    }

    QueueFullException full(long beside) {
        return new QueueFullException(connection, waiting(beside));
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
