package dev.switchboard.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks through stretches in an order: one by one on the thread of who asks, or, where it pays, several at a time on
 * threads of its own, as many as there are processors. Either way what was found is taken in order, and by who asks.
 * Threads come with the first such search and go when there was none for a while; what waits for them is bounded by the
 * number of searches under way, each of which is at most two stretches a thread ahead of what it took.
 *
 * <p>Any thread may search. Whoever made it closes it.
 */
final class SearchPool implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final int ahead;
    private final ThreadPoolExecutor pool;

    /** @param threads how many at the most, at least 1 */
    SearchPool(int threads) {
        AtomicLong number = new AtomicLong();
        this.ahead = 2 * threads;
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .name("history-search-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(task));
        pool.allowCoreThreadTimeOut(true);
    }

    /** As many threads as processors. */
    static SearchPool ofProcessors() {
        return new SearchPool(Runtime.getRuntime().availableProcessors());
    }

    /** What is to be found in a stretch. */
    interface Look<R> {

        /**
         * Any thread may call it, for several stretches at a time.
         *
         * @param unwanted turns true when nobody waits for the answer any more
         * @throws Stretch.GoneException as the stretch does
         */
        R at(Stretch stretch, AtomicBoolean unwanted);
    }

    /** Takes what was found. */
    interface Taker<R> {

        /** @return whether more is wanted */
        boolean take(Stretch stretch, R found);
    }

    /**
     * Looks at stretches in their order until all were, enough was found, or time is up. The first is looked at even
     * when there is no time, so that who asks again and again gets on.
     *
     * @param together several at a time
     * @return the first stretch that was not taken because time was up; null when there was time enough
     * @throws Stretch.GoneException those before it were taken
     */
    <R> @Nullable Stretch search(
            List<Stretch> stretches, boolean together, Deadline deadline, Look<R> look, Taker<R> taker) {
        return together && stretches.size() > 1
                ? together(stretches, deadline, look, taker)
                : oneByOne(stretches, deadline, look, taker);
    }

    private static <R> @Nullable Stretch oneByOne(
            List<Stretch> stretches, Deadline deadline, Look<R> look, Taker<R> taker) {
        AtomicBoolean wanted = new AtomicBoolean();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            if (i > 0 && deadline.left() <= 0) {
                return stretch;
            }
            if (!taker.take(stretch, look.at(stretch, wanted))) {
                return null;
            }
        }
        return null;
    }

    private <R> @Nullable Stretch together(List<Stretch> stretches, Deadline deadline, Look<R> look, Taker<R> taker) {
        AtomicBoolean unwanted = new AtomicBoolean();
        Deque<Future<R>> underWay = new ArrayDeque<>(ahead);
        int begun = 0;
        try {
            for (int i = 0; i < stretches.size(); i++) {
                while (begun < stretches.size() && underWay.size() < ahead) {
                    Stretch next = stretches.get(begun++);
                    underWay.add(pool.submit(() -> look.at(next, unwanted)));
                }
                long patience = i == 0 ? Long.MAX_VALUE : deadline.left();
                if (patience <= 0) {
                    return stretches.get(i);
                }
                try {
                    if (!taker.take(stretches.get(i), found(underWay.remove(), patience))) {
                        return null;
                    }
                } catch (TimeoutException e) {
                    return stretches.get(i);
                }
            }
            return null;
        } finally {
            // Those at work see the flag; an interrupt would close the files they read (ClosedByInterruptException).
            unwanted.set(true);
            underWay.forEach(task -> task.cancel(false));
            pool.purge();
        }
    }

    private static <R> R found(Future<R> task, long patience) throws TimeoutException {
        try {
            return task.get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Stretch.GoneException gone -> throw gone;
                case RuntimeException failure -> throw new IllegalStateException("a search failed", failure);
                case null, default -> throw new IllegalStateException("a search failed", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while searching", e);
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
