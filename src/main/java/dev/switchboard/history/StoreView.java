package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** The stretches that may hold what is meant, of ids less than {@code before}, newest first. */
    List<Stretch> newestFirst(MessageFilter filter, long before) {
        List<Stretch> found = new ArrayList<>();
        for (int s = stretches.length - 1; s >= 0; s--) {
            Outline outline = stretches[s].outline();
            if (outline.firstId() < before && outline.mayHold(filter)) {
                found.add(stretches[s]);
            }
        }
        return found;
    }

    /** The latest time in what was not looked at; imports are of any time, whatever their ids. */
    static OptionalLong newestAt(List<Stretch> stretches, Stretch firstUntaken) {
        return stretches.subList(stretches.indexOf(firstUntaken), stretches.size()).stream()
                .mapToLong(stretch -> stretch.outline().lastAt())
                .max();
    }

    /**
     * The chunks of a connection, and the gaps of all endpoints among them, back from an id: as many as hold so many
     * bytes, or could be looked at in time. The newest stretch is looked at in any case.
     *
     * @param filter of a connection, and possibly a direction; what else it says is not looked at
     * @param from the lowest id
     * @param before above the highest id
     */
    ChunkRun back(MessageFilter filter, long from, long before, long maxBytes, Deadline deadline) {
        MessageFilter way = new MessageFilter(
                null, filter.connection(), filter.direction(), null, List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
        List<TrafficEvent> events = new ArrayList<>();
        long bytes = 0;
        boolean opened = false;
        for (int s = stretches.length - 1; s >= 0; s--) {
            Outline outline = stretches[s].outline();
            if (outline.firstId() >= before || outline.lastId() < from || !outline.mayConcern(way)) {
                continue;
            }
            if (opened && deadline.left() <= 0) {
                return new ChunkRun(events.reversed(), outline.lastId() + 1, OptionalLong.of(outline.lastAt()));
            }
            opened = true;
            Segment segment = stretches[s].load();
            for (int e = segment.size() - 1; e >= 0; e--) {
                TrafficEvent event = segment.events()[e];
                if (event.id() < before && event.id() >= from && (event instanceof Gap || way.admits(event))) {
                    events.add(event);
                    bytes += event instanceof Chunk chunk ? chunk.bytes().length : 0;
                    if (bytes >= maxBytes) {
                        return new ChunkRun(events.reversed(), event.id(), OptionalLong.of(event.at()));
                    }
                }
            }
        }
        return new ChunkRun(events.reversed(), from, OptionalLong.empty());
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
        int place = segment.floor(id);
        if (place < 0) {
            // What stood there is damaged.
            return Optional.empty();
        }
        TrafficEvent event = segment.events()[place];
        long frame = id - event.id();
        return frame < event.frames() ? Optional.of(event.frame((int) frame)) : Optional.empty();
    }

    Reading read(MessageFilter passOver, long after, long to, int max) {
        List<TrafficEvent> events = new ArrayList<>();
        boolean more = collect(passOver, after, to, max, events);
        long last = events.isEmpty() ? after : events.getLast().lastId();
        long upTo = more ? last : Math.max(last, to);
        return new Reading(events, upTo, forgotten(after, upTo));
    }

    /** @return whether there is more in the range */
    private boolean collect(MessageFilter passOver, long after, long to, int max, List<TrafficEvent> events) {
        long bytes = 0;
        for (int s = Math.max(0, floor(after)); s < stretches.length; s++) {
            Outline outline = stretches[s].outline();
            if (outline.firstId() > to) {
                return false;
            }
            if (outline.lastId() <= after || !outline.mayConcern(passOver)) {
                continue;
            }
            if (events.size() > max / 2 || bytes > STEP_BYTES / 2) {
                // Going on would end within this stretch, which would have to be opened for the next step, too.
                return true;
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
        if (stretches.length == 0) {
            return new HistoryBounds(0, newest, frames, bytes, OptionalLong.empty(), OptionalLong.empty());
        }
        // Imports come first, and are of any time.
        long firstAt = Long.MAX_VALUE;
        long lastAt = Long.MIN_VALUE;
        for (Stretch stretch : stretches) {
            firstAt = Math.min(firstAt, stretch.outline().firstAt());
            lastAt = Math.max(lastAt, stretch.outline().lastAt());
        }
        return new HistoryBounds(
                stretches[0].outline().firstId(),
                newest,
                frames,
                bytes,
                OptionalLong.of(firstAt),
                OptionalLong.of(lastAt));
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
