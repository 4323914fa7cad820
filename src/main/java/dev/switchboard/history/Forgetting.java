package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Takes messages out of events. A chunk of which some frames go becomes the {@link Pieces} between them, so the bytes
 * of what was forgotten are gone, too: those in the chunk where a message ended, and those in the chunks before it
 * where it {@linkplain Beginnings began}.
 *
 * <p>Used by one thread.
 */
final class Forgetting {

    private final Meant meant;
    private final Beginnings beginnings;
    private long forgotten;

    private Forgetting(Meant meant, Beginnings beginnings) {
        this.meant = meant;
        this.beginnings = beginnings;
    }

    /**
     * Looks for what is to be forgotten; nothing changes yet.
     *
     * @param seen what there is; what comes later stays
     */
    static Forgetting in(StoreView seen, MessageFilter filter, long upTo) {
        Meant meant = new Meant(filter, upTo, seen.newest());
        return new Forgetting(meant, Beginnings.of(meant, seen.stretches()));
    }

    /** Whether something goes of the stretch that begins with this id. */
    boolean changes(long firstId) {
        return beginnings.changed().contains(firstId);
    }

    /** How many messages were taken out so far. */
    long forgotten() {
        return forgotten;
    }

    /** What is left of the event, in the order of ids; the very same event when nothing of it is meant. */
    List<? extends TrafficEvent> leave(TrafficEvent event) {
        return switch (event) {
            case LifeCycle lifeCycle -> meant.goes(lifeCycle) ? List.of() : List.of(lifeCycle);
            case Gap gap -> meant.goes(gap) ? List.of() : List.of(gap);
            case Unfinished rest -> leaveRest(rest);
            case Chunk chunk -> leaveChunk(chunk);
        };
    }

    private List<Unfinished> leaveRest(Unfinished rest) {
        if (!meant.goes(rest)) {
            return List.of(rest);
        }
        forgotten++;
        return List.of();
    }

    private List<Chunk> leaveChunk(Chunk chunk) {
        BitSet goes = new BitSet(chunk.frames());
        for (int i = 0; i < chunk.frames(); i++) {
            if (meant.goes(chunk, i)) {
                goes.set(i);
            }
        }
        boolean tailGoes = meant.goesWithItsTail(chunk) || beginnings.tails().contains(chunk.id());
        if (goes.isEmpty() && !tailGoes) {
            return List.of(chunk);
        }
        forgotten += goes.cardinality();
        return Pieces.of(chunk, goes, tailGoes);
    }

    /** What is left of a segment, possibly nothing; the very same segment if nothing of it goes. */
    Optional<Segment> without(Segment segment) {
        if (!changes(segment.outline().firstId())) {
            return Optional.of(segment);
        }
        List<TrafficEvent> left = new ArrayList<>(segment.size());
        for (int i = 0; i < segment.size(); i++) {
            left.addAll(leave(segment.events()[i]));
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(Segment.sealed(left.toArray(new TrafficEvent[0])));
    }
}
