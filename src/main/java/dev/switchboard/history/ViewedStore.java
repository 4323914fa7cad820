package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import java.util.Optional;

/** A store that answers what is asked of it out of a {@link StoreView}, a new one whenever something changed. */
abstract class ViewedStore implements HistoryStore {

    private final SearchPool pool = SearchPool.ofProcessors();
    private volatile StoreView view = StoreView.EMPTY;
    private final Views views = new Views(() -> view, pool);

    /** What there is. */
    final StoreView view() {
        return view;
    }

    /** Shows readers what there is now. */
    final void publish(StoreView now) {
        view = now;
    }

    @Override
    public MessagePage messages(MessageFilter filter, long before, int limit, Deadline deadline) {
        return views.messages(filter, before, limit, deadline);
    }

    @Override
    public Summary summary(MessageFilter filter, int buckets, Deadline deadline) {
        return views.summary(filter, buckets, deadline);
    }

    @Override
    public ChunkRun back(MessageFilter filter, long from, long before, long maxBytes, Deadline deadline) {
        return views.back(filter, from, before, maxBytes, deadline);
    }

    @Override
    public EventPage events(EventFilter filter, long before, int limit) {
        return views.events(filter, before, limit);
    }

    @Override
    public Optional<Frame> message(long id) {
        return views.message(id);
    }

    @Override
    public Reading read(MessageFilter passOver, long after, long to, int max) {
        return views.read(passOver, after, to, max);
    }

    @Override
    public HistoryBounds bounds() {
        return views.bounds();
    }

    @Override
    public void close() {
        view = StoreView.EMPTY;
        pool.close();
    }
}
