package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers what is asked of a store out of its newest view, and out of a newer one where a stretch was dropped or
 * replaced meanwhile: the one place where that is looked after. Any thread may ask.
 */
final class Views {

    /** Each takes a stretch that goes in the moment between taking the view and going there, or the time of a wait. */
    private static final int TRIES = 1500;

    /** A stretch goes shortly before the view that says so is there. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Supplier<StoreView> newest;
    private final SearchPool pool;

    /**
     * @param newest where a stretch of a view is gone, another view is there within two seconds
     * @param pool stays its owner's
     */
    Views(Supplier<StoreView> newest, SearchPool pool) {
        this.newest = newest;
        this.pool = pool;
    }

    @SuppressWarnings("ReferenceEquality") // the very same view is meant
    private <R> R look(Function<StoreView, R> look) {
        for (int tries = 1; ; tries++) {
            StoreView view = newest.get();
            try {
                return look.apply(view);
            } catch (Stretch.GoneException e) {
                if (tries == TRIES) {
                    throw e;
                }
                if (newest.get() == view) {
                    LockSupport.parkNanos(WAIT_NANOS);
                }
            }
        }
    }

    MessagePage messages(MessageFilter filter, long before, int limit, Deadline deadline) {
        return look(new MessageSearch(pool, filter, before, limit, deadline)::in);
    }

    Summary summary(MessageFilter filter, int buckets, Deadline deadline) {
        return look(new SummarySearch(pool, filter, buckets, deadline)::in);
    }

    ChunkRun back(MessageFilter filter, long from, long before, long maxBytes, Deadline deadline) {
        return look(view -> view.back(filter, from, before, maxBytes, deadline));
    }

    EventPage events(EventFilter filter, long before, int limit) {
        return look(view -> view.events(filter, before, limit));
    }

    Optional<Frame> message(long id) {
        return look(view -> view.message(id));
    }

    Reading read(MessageFilter passOver, long after, long to, int max) {
        return look(view -> view.read(passOver, after, to, max));
    }

    HistoryBounds bounds() {
        return newest.get().bounds();
    }
}
