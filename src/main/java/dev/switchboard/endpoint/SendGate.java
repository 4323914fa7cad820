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
        long before = inside.getAndAdd(bytes);
        if (before > 0 && before + bytes > most) {
            inside.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    QueueFullException full() {
        return new QueueFullException(connection, inside.get());
    }

    /** Passes on what became of it, and makes room again. */
    Receipt settling(Receipt receipt, int bytes) {
        return new Receipt() {
            @Override
            public void sent(long messageId, int wireBytes) {
                inside.addAndGet(-bytes);
                receipt.sent(messageId, wireBytes);
            }

            @Override
            public void failed(Exception reason) {
                inside.addAndGet(-bytes);
                receipt.failed(reason);
            }
        };
    }
}
