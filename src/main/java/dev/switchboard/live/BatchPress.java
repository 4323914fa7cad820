package dev.switchboard.live;

import dev.switchboard.history.MessageFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes one batch for all readers that want the same: the first one who asks makes it, others who ask within a tick are
 * given it, and wait while it is being made. With 200 pages on one view this is what keeps them from costing 200 times
 * as much as one. What was made is kept for a tick or so, and no more than {@link #KEPT} of them. Any thread may call.
 */
final class BatchPress {

    private static final int KEPT = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Wanted, Copy> copies = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Copy> eldest) {
            return size() > KEPT;
        }
    };

    /** What a reader wants: what its filter lets pass of what came after {@code after}. */
    record Wanted(MessageFilter filter, long after) {}

    /** @param to the last id it covers */
    record Printed(long to, String text) {}

    private record Copy(long madeAt, CompletableFuture<Printed> printed) {}

    /** Makes a batch. */
    interface Printing {
        Printed print() throws InterruptedException;
    }

    Printed get(Wanted wanted, Printing printing) throws InterruptedException {
        CompletableFuture<Printed> own = new CompletableFuture<>();
        CompletableFuture<Printed> first = register(wanted, own);
        if (first == own) {
            return print(wanted, own, printing);
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            // That is between the other reader and its maker.
            return printing.print();
        }
    }

    private CompletableFuture<Printed> register(Wanted wanted, CompletableFuture<Printed> own) {
        long now = System.nanoTime();
        lock.lock();
        try {
            @Nullable Copy known = copies.get(wanted);
            if (known != null && now - known.madeAt < Pace.TICK_NANOS) {
                return known.printed;
            }
            copies.remove(wanted);
            copies.put(wanted, new Copy(now, own));
            return own;
        } finally {
            lock.unlock();
        }
    }

    private Printed print(Wanted wanted, CompletableFuture<Printed> own, Printing printing)
            throws InterruptedException {
        try {
            Printed printed = printing.print();
            own.complete(printed);
            return printed;
        } finally {
            if (own.completeExceptionally(new IllegalStateException("not made"))) {
                forget(wanted);
            }
        }
    }

    private void forget(Wanted wanted) {
        lock.lock();
        try {
            copies.remove(wanted);
        } finally {
            lock.unlock();
        }
    }
}
