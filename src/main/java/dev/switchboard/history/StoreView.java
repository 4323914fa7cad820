package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was in a store at one moment. Immutable, so any thread may look at it for as long as it likes.
 *
 * @param stretches in the order of ids, none of them empty; only the last may lack an index
 * @param newest the last id appended
 * @param forgottenUpTo the last id that was dropped to stay within the bounds, or 0
 * @param forgottenFrames how many frames were dropped for that reason
 */
record StoreView(Stretch[] stretches, long newest, long forgottenUpTo, long forgottenFrames) {

    static final StoreView EMPTY = new StoreView(new Stretch[0], 0, 0, 0);

    private static final long STEP_BYTES = 4 << 20;

    MessagePage messages(MessageFilter filter, long before, int limit) {
        List<Frame> items = new ArrayList<>();
        boolean more = collect(filter, before, limit, items);
        OptionalLong next = more ? OptionalLong.of(items.getLast().id()) : OptionalLong.empty();
        return new MessagePage(items, next, gap(filter, before, next.orElse(Long.MIN_VALUE), items));
    }

    /** @return whether there is another one beyond the limit */
    private boolean collect(MessageFilter filter, long before, int limit, List<Frame> items) {
        for (int s = stretches.length - 1; s >= 0; s--) {
            Outline outline = stretches[s].outline();
            if (outline.firstId() >= before || !outline.mayHold(filter)) {
                continue;
            }
            Segment segment = stretches[s].load(filter);
            for (int e = segment.size() - 1; e >= 0; e--) {
                TrafficEvent event = segment.events()[e];
                if (filter.admits(event) && collect(event, filter, before, limit, items)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean collect(
            TrafficEvent event, MessageFilter filter, long before, int limit, List<Frame> items) {
        int youngest = (int) Math.min(event.frames(), Math.max(0, before - event.id())) - 1;
        for (int f = youngest; f >= 0; f--) {
            Frame frame = event.frame(f);
            if (filter.matchesWithin(frame)) {
                if (items.size() == limit) {
                    return true;
                }
                items.add(frame);
            }
        }
        return false;
    }

    private long gap(MessageFilter filter, long before, long from, List<Frame> items) {
        String endpoint = filter.endpoint();
        if (filter.connection() != null) {
            if (items.isEmpty()) {
                return 0;
            }
            endpoint = items.getFirst().connection().endpoint();
        }
        long missed = 0;
        for (Stretch stretch : stretches) {
            Outline outline = stretch.outline();
            if (outline.tally().gaps() > 0 && outline.lastId() >= from && outline.firstId() < before) {
                missed += gap(stretch.load(), endpoint, filter, before, from);
            }
        }
        return missed;
    }

    private static long gap(Segment segment, @Nullable String endpoint, MessageFilter filter, long before, long from) {
        long missed = 0;
        for (int i = 0; i < segment.size(); i++) {
            if (segment.events()[i] instanceof Gap gap
                    && gap.id() >= from
                    && gap.id() < before
                    && gap.at() >= filter.since()
                    && gap.at() < filter.until()
                    && (endpoint == null || endpoint.equals(gap.endpoint()))) {
                missed += gap.missed();
            }
        }
        return missed;
    }

    EventPage events(EventFilter filter, long before, int limit) {
        List<LifeCycle> items = new ArrayList<>();
        for (int s = stretches.length - 1; s >= 0; s--) {
            Outline outline = stretches[s].outline();
            if (outline.firstId() >= before || !outline.mayHold(filter)) {
                continue;
            }
            Segment segment = stretches[s].load();
            for (int e = segment.size() - 1; e >= 0; e--) {
                if (segment.events()[e] instanceof LifeCycle event && event.id() < before && filter.matches(event)) {
                    if (items.size() == limit) {
                        return new EventPage(
                                items, OptionalLong.of(items.getLast().id()));
                    }
                    items.add(event);
                }
            }
        }
        return new EventPage(items, OptionalLong.empty());
    }

    Optional<Frame> message(long id) {
        int s = floor(id);
        if (s < 0) {
            return Optional.empty();
        }
        Segment segment = stretches[s].load();
        TrafficEvent event = segment.events()[segment.floor(id)];
        long frame = id - event.id();
        return frame < event.frames() ? Optional.of(event.frame((int) frame)) : Optional.empty();
    }

    Reading read(long after, long to, int max) {
        List<TrafficEvent> events = new ArrayList<>();
        boolean more = collect(after, to, max, events);
        long last = events.isEmpty() ? after : events.getLast().lastId();
        long upTo = more ? last : Math.max(last, to);
        return new Reading(events, upTo, forgotten(after, upTo));
    }

    /** @return whether there is more in the range */
    private boolean collect(long after, long to, int max, List<TrafficEvent> events) {
        long bytes = 0;
        for (int s = Math.max(0, floor(after)); s < stretches.length; s++) {
            if (stretches[s].outline().firstId() > to) {
                return false;
            }
            Segment segment = stretches[s].load();
            for (int e = Math.max(0, segment.floor(after)); e < segment.size(); e++) {
                TrafficEvent event = segment.events()[e];
                if (event.id() > to) {
                    return false;
                }
                if (events.size() == max || bytes > STEP_BYTES) {
                    return true;
                }
                if (event.lastId() > after) {
                    events.add(event);
                    bytes += event.weight();
                }
            }
        }
        return false;
    }

    /** Of what comes after one id and not after another; who reads on from there is told of the rest then. */
    private long forgotten(long after, long upTo) {
        if (ImportIds.imported(upTo)) {
            return 0;
        }
        return Math.clamp(Math.min(forgottenUpTo, upTo) - after, 0, forgottenFrames);
    }

    HistoryBounds bounds() {
        long frames = 0;
        long bytes = 0;
        for (Stretch stretch : stretches) {
            frames += stretch.outline().tally().frames();
            bytes += stretch.outline().tally().cost();
        }
        return new HistoryBounds(
                stretches.length == 0 ? 0 : stretches[0].outline().firstId(), newest, frames, bytes);
    }

    /** Place of the last stretch that begins at or before {@code id}; -1 when all begin after it. */
    private int floor(long id) {
        int low = 0;
        int high = stretches.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (stretches[middle].outline().firstId() <= id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
