package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A search for the page of messages that comes right after an id: towards the newer, where {@link MessageSearch} goes
 * towards the older. Used once, by one thread.
 */
final class ForwardSearch {

    /** Events looked at between two looks at the clock. */
    private static final int STEP = 4096;

    private final HistoryStore store;
    private final MessageFilter filter;
    private final long to;
    private final int limit;
    private final Deadline deadline;
    private final List<Frame> found = new ArrayList<>();
    private long reached;
    private long reachedAt;
    private long missed;

    /**
     * @param after only messages with ids greater than this
     * @param to what has greater ids is not recorded yet
     */
    ForwardSearch(HistoryStore store, MessageFilter filter, long after, long to, int limit, Deadline deadline) {
        this.store = store;
        this.filter = filter;
        this.to = to;
        this.limit = limit;
        this.deadline = deadline;
        this.reached = after;
    }

    NewerMessages page() {
        boolean full = false;
        while (!full && reached < to) {
            long after = reached;
            Reading step = store.read(filter, after, to, STEP);
            full = take(step.events(), after);
            if (!full) {
                reached = Math.max(after, step.upTo());
                if (reached < to && deadline.left() <= 0) {
                    return new NewerMessages(found.reversed(), reached, missed, OptionalLong.of(reachedAt));
                }
            }
        }
        return new NewerMessages(found.reversed(), reached, missed, OptionalLong.empty());
    }

    /** @return whether the page is full */
    private boolean take(List<TrafficEvent> events, long after) {
        for (TrafficEvent event : events) {
            reachedAt = event.at();
            if (event instanceof Gap gap) {
                missed += means(gap) ? gap.missed() : 0;
            } else if (filter.admits(event)) {
                for (int i = (int) Math.max(0, after + 1 - event.id()); i < event.frames(); i++) {
                    Frame frame = event.frame(i);
                    if (filter.matchesWithin(frame)) {
                        found.add(frame);
                        reached = frame.id();
                        if (found.size() == limit) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private boolean means(Gap gap) {
        String endpoint = filter.connection() == null || found.isEmpty()
                ? filter.endpoint()
                : found.getFirst().connection().endpoint();
        return (filter.connection() == null || endpoint != null)
                && (endpoint == null || endpoint.equals(gap.endpoint()))
                && gap.at() >= filter.since()
                && gap.at() < filter.until();
    }
}
