package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One search for a page of messages, newest first. It remembers what it found and how far it came, so where a stretch
 * is gone it goes on in a newer view. Used by one thread.
 */
final class MessageSearch {

    private final SearchPool pool;
    private final MessageFilter filter;
    private final long before;
    private final int limit;
    private final Deadline deadline;
    private final List<Frame> items = new ArrayList<>();

    /** All messages from this id to {@link #before} were looked at. */
    private long reached;

    private boolean more;

    MessageSearch(SearchPool pool, MessageFilter filter, long before, int limit, Deadline deadline) {
        this.pool = pool;
        this.filter = filter;
        this.before = before;
        this.reached = before;
        this.limit = limit;
        this.deadline = deadline;
    }

    /** @throws Stretch.GoneException to be called again, with a newer view */
    MessagePage in(StoreView view) {
        long bound = reached;
        List<Stretch> stretches = view.newestFirst(filter, bound);
        Stretch untaken = more
                ? null
                : pool.search(
                        stretches,
                        filter.searches(),
                        deadline,
                        (stretch, unwanted) -> look(stretch, bound, unwanted),
                        this::take);
        OptionalLong next = OptionalLong.empty();
        OptionalLong searchedTo = OptionalLong.empty();
        if (more) {
            next = OptionalLong.of(items.getLast().id());
        } else if (untaken != null) {
            // What lies between was passed over, which is as good as looking at it.
            reached = Math.min(reached, untaken.outline().lastId() + 1);
            next = OptionalLong.of(reached);
            searchedTo = StoreView.newestAt(stretches, untaken);
        }
        return new MessagePage(items, next, gap(view, next.orElse(Long.MIN_VALUE)), searchedTo);
    }

    private List<Frame> look(Stretch stretch, long bound, AtomicBoolean unwanted) {
        List<Frame> found = new ArrayList<>();
        Segment segment = stretch.load(filter);
        for (int e = segment.size() - 1; e >= 0 && !unwanted.get(); e--) {
            TrafficEvent event = segment.events()[e];
            if (filter.admits(event) && collect(event, bound, found)) {
                break;
            }
        }
        return found;
    }

    /** @return whether that is more than fits on the page */
    private boolean collect(TrafficEvent event, long bound, List<Frame> found) {
        int youngest = (int) Math.min(event.frames(), Math.max(0, bound - event.id())) - 1;
        for (int f = youngest; f >= 0; f--) {
            Frame frame = event.frame(f);
            if (filter.matchesWithin(frame)) {
                found.add(frame);
                if (found.size() > limit) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean take(Stretch stretch, List<Frame> found) {
        int room = Math.min(found.size(), limit - items.size());
        items.addAll(found.subList(0, room));
        more = room < found.size();
        reached = Math.min(reached, stretch.outline().firstId());
        return !more;
    }

    private long gap(StoreView view, long from) {
        String endpoint = endpoint();
        return filter.connection() != null && endpoint == null
                ? 0
                : new Gaps(endpoint, filter.since(), filter.until(), from, before).missed(view);
    }

    private @Nullable String endpoint() {
        if (filter.connection() == null) {
            return filter.endpoint();
        }
        return items.isEmpty() ? null : items.getFirst().connection().endpoint();
    }
}
