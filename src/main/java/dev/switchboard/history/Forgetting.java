package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Takes messages out of events. A chunk of which some frames go becomes the pieces between them, each a chunk with the
 * ids its frames had, so the bytes of what was forgotten are gone, too. What remains of them is what an earlier chunk
 * holds of a frame that ends in a later one: it is part of no message.
 *
 * <p>Used by one thread.
 */
final class Forgetting {

    private final MessageFilter filter;
    private final long upTo;
    private long forgotten;

    Forgetting(MessageFilter filter, long upTo) {
        this.filter = filter;
        this.upTo = upTo;
    }

    MessageFilter filter() {
        return filter;
    }

    long upTo() {
        return upTo;
    }

    /** False only if nothing goes of what is outlined. */
    boolean mayForget(Outline outline) {
        return outline.firstId() <= upTo && outline.mayHold(filter);
    }

    /** Whether something of the event goes. */
    @SuppressWarnings("ReferenceEquality") // the very same object is meant
    boolean changes(TrafficEvent event) {
        List<TrafficEvent> left = leave(event);
        return left.size() != 1 || left.getFirst() != event;
    }

    /** How many messages were taken out so far. */
    long forgotten() {
        return forgotten;
    }

    /** What is left of the event, in the order of ids; the very same event when nothing of it is meant. */
    List<TrafficEvent> leave(TrafficEvent event) {
        if (event.id() > upTo) {
            return List.of(event);
        }
        return switch (event) {
            case LifeCycle lifeCycle -> forgets(lifeCycle) ? List.of() : List.of(lifeCycle);
            case Gap gap -> forgets(gap) ? List.of() : List.of(gap);
            case Unfinished rest -> leaveRest(rest);
            case Chunk chunk -> filter.admits(chunk) ? leaveChunk(chunk) : List.of(chunk);
        };
    }

    /** What is left of a segment, possibly nothing; the very same segment if nothing of it goes. */
    @SuppressWarnings("ReferenceEquality") // the very same object is meant
    Optional<Segment> without(Segment segment) {
        if (!segment.outline().mayHold(filter)) {
            return Optional.of(segment);
        }
        List<TrafficEvent> left = new ArrayList<>(segment.size());
        boolean same = true;
        for (int i = 0; i < segment.size(); i++) {
            TrafficEvent event = segment.events()[i];
            List<TrafficEvent> rest = leave(event);
            same &= rest.size() == 1 && rest.getFirst() == event;
            left.addAll(rest);
        }
        if (same) {
            return Optional.of(segment);
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(Segment.sealed(left.toArray(new TrafficEvent[0])));
    }

    /** Those of an import go with all the rest of it; otherwise its name would be taken for ever. */
    private boolean forgets(LifeCycle event) {
        return ImportIds.imported(event.id())
                && filter.wholesale()
                && filter.connection() == null
                && filter.direction() == null
                && filter.since() == Long.MIN_VALUE
                && filter.until() == Long.MAX_VALUE
                && (filter.endpoint() == null || filter.endpoint().equals(event.endpoint()));
    }

    private boolean forgets(Gap gap) {
        return filter.wholesale()
                && filter.connection() == null
                && filter.direction() == null
                && (filter.endpoint() == null || filter.endpoint().equals(gap.endpoint()))
                && gap.at() >= filter.since()
                && gap.at() < filter.until();
    }

    private List<TrafficEvent> leaveRest(Unfinished rest) {
        if (!filter.matches(rest.frame(0))) {
            return List.of(rest);
        }
        forgotten++;
        return List.of();
    }

    private List<TrafficEvent> leaveChunk(Chunk chunk) {
        int frames = chunk.frames();
        if (frames == 0) {
            return filter.wholesale() ? List.of() : List.of(chunk);
        }
        BitSet goes = new BitSet(frames);
        for (int i = 0; i < frames; i++) {
            Frame frame = chunk.frame(i);
            if (frame.id() <= upTo && filter.matchesWithin(frame)) {
                goes.set(i);
            }
        }
        if (goes.isEmpty()) {
            return List.of(chunk);
        }
        forgotten += goes.cardinality();
        return pieces(chunk, goes);
    }

    private List<TrafficEvent> pieces(Chunk chunk, BitSet goes) {
        int frames = chunk.frames();
        List<TrafficEvent> pieces = new ArrayList<>();
        int from = goes.nextClearBit(0);
        while (from < frames) {
            int to = goes.nextSetBit(from);
            to = to < 0 ? frames : to;
            pieces.add(piece(chunk, from, to));
            from = goes.nextClearBit(to);
        }
        int last = frames - 1;
        byte[] bytes = chunk.bytes();
        if (goes.get(last) && chunk.ends().end(last) < bytes.length && !filter.wholesale()) {
            byte[] tail = Arrays.copyOfRange(bytes, chunk.ends().end(last), bytes.length);
            pieces.add(new Chunk(
                    chunk.id() + last,
                    chunk.at(),
                    chunk.connection(),
                    chunk.direction(),
                    tail,
                    FrameEnds.none(),
                    null));
        }
        return pieces;
    }

    /** The frames {@code [from, to)} of a chunk, and what follows its last frame if that is among them. */
    private static Chunk piece(Chunk chunk, int from, int to) {
        FrameEnds ends = chunk.ends();
        int start = from == 0 ? 0 : ends.end(from - 1);
        int end = to == ends.size() ? chunk.bytes().length : ends.end(to - 1);
        FrameEnds.Builder left = new FrameEnds.Builder();
        for (int i = from; i < to; i++) {
            left.add(ends.end(i) - start, ends.header(i), ends.trailer(i), ends.origin(i));
        }
        return new Chunk(
                chunk.id() + from,
                chunk.at(),
                chunk.connection(),
                chunk.direction(),
                Arrays.copyOfRange(chunk.bytes(), start, end),
                left.build(),
                from == 0 ? chunk.straddler() : null);
    }
}
