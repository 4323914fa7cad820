package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a deletion has to change: the stretches of which something goes, and the chunks in which a message began
 * that goes, and ended in a later one. What such a chunk holds behind its last frame goes with the message.
 *
 * <pre>
 *   chunk 40  │ one\n │ se │        its tail goes with frame 42
 *   chunk 41  │ cre │               all of it goes, too
 *   chunk 42  │ t\n │ two\n │       frame 42, "secret", is to be forgotten
 * </pre>
 *
 * <p>Such chunks may lie in an earlier stretch, even an earlier file. They are looked for backwards from there, which
 * seldom goes far: it ends where the frame before ended.
 */
final class Beginnings {

    private final Meant meant;
    private final Stretch[] stretches;
    private final Set<Long> changed = new HashSet<>();
    private final Ids tails = new Ids();

    private Beginnings(Meant meant, Stretch[] stretches) {
        this.meant = meant;
        this.stretches = stretches;
    }

    /** @param stretches in order; those that are gone by now are passed over, as nothing is left of them */
    static Beginnings of(Meant meant, Stretch[] stretches) {
        Beginnings found = new Beginnings(meant, stretches);
        for (int s = 0; s < stretches.length; s++) {
            if (meant.mayBeIn(stretches[s].outline())) {
                found.lookInto(s);
            }
        }
        return found;
    }

    /** The first ids of the stretches of which something goes. */
    Set<Long> changed() {
        return changed;
    }

    /** The ids of chunks of which goes what follows their last frame. */
    Ids tails() {
        return tails;
    }

    private record Side(String connection, Direction direction) {}

    /** The chunks of one side since its last frame ended, and how many bytes of the next frame they hold. */
    private static final class Begun {
        private final List<Chunk> chunks = new ArrayList<>();
        private long bytes;

        /** Whether the end of the frame before was seen, so that nothing can lie further back. */
        private boolean fromTheStart;

        void add(Chunk chunk) {
            int tail = chunk.bytes().length - Pieces.tail(chunk);
            if (tail > 0) {
                chunks.add(chunk);
                bytes += tail;
            }
        }

        void ended() {
            chunks.clear();
            bytes = 0;
            fromTheStart = true;
        }
    }

    private void lookInto(int place) {
        try {
            Stretch stretch = stretches[place];
            if (anyGoes(stretch.load(meant.filter()))) {
                changed.add(stretch.outline().firstId());
                lookBack(forward(stretch.load()), place);
            }
        } catch (Stretch.GoneException e) {
            // Dropped meanwhile, and everything before it.
        }
    }

    private boolean anyGoes(Segment segment) {
        for (int i = 0; i < segment.size(); i++) {
            if (meant.anyOf(segment.events()[i])) {
                return true;
            }
        }
        return false;
    }

    /** @return how many bytes are still to be found in earlier stretches, by side */
    private Map<Side, Long> forward(Segment segment) {
        Map<Side, Begun> sides = new HashMap<>();
        Map<Side, Long> missing = new HashMap<>();
        for (int i = 0; i < segment.size(); i++) {
            switch (segment.events()[i]) {
                case Chunk chunk -> {
                    Side side = new Side(chunk.connection().id(), chunk.direction());
                    Begun begun = sides.computeIfAbsent(side, any -> new Begun());
                    if (chunk.frames() > 0) {
                        byte[] straddler = chunk.straddler();
                        if (straddler != null && meant.goes(chunk, 0)) {
                            take(begun, straddler.length - chunk.ends().end(0), side, missing);
                        }
                        begun.ended();
                    }
                    begun.add(chunk);
                }
                case Unfinished rest -> {
                    Side side = new Side(rest.connection().id(), rest.direction());
                    Begun begun = sides.computeIfAbsent(side, any -> new Begun());
                    if (meant.goes(rest)) {
                        take(begun, rest.wire().length, side, missing);
                    }
                    begun.ended();
                }
                default -> {}
            }
        }
        return missing;
    }

    private void take(Begun begun, long bytes, Side side, Map<Side, Long> missing) {
        begun.chunks.forEach(this::takeTail);
        if (!begun.fromTheStart && bytes > begun.bytes) {
            missing.put(side, bytes - begun.bytes);
        }
    }

    private void takeTail(Chunk chunk) {
        if (!meant.goesWithItsTail(chunk)) {
            tails.add(chunk.id());
        }
    }

    private void lookBack(Map<Side, Long> missing, int from) {
        for (int s = from - 1; s >= 0 && !missing.isEmpty(); s--) {
            Outline outline = stretches[s].outline();
            if (missing.keySet().stream().anyMatch(side -> mayHold(outline, side))
                    && takeTails(stretches[s].load(), missing)) {
                changed.add(outline.firstId());
            }
        }
    }

    private static boolean mayHold(Outline outline, Side side) {
        return outline.mayHold(new MessageFilter(null, side.connection, null, null, List.of()));
    }

    /** @return whether there were any */
    private boolean takeTails(Segment segment, Map<Side, Long> missing) {
        boolean any = false;
        for (int i = segment.size() - 1; i >= 0; i--) {
            TrafficEvent event = segment.events()[i];
            if (event instanceof Unfinished rest) {
                missing.remove(new Side(rest.connection().id(), rest.direction()));
            } else if (event instanceof Chunk chunk) {
                Side side = new Side(chunk.connection().id(), chunk.direction());
                Long bytes = missing.get(side);
                if (bytes != null) {
                    int tail = chunk.bytes().length - Pieces.tail(chunk);
                    if (tail > 0) {
                        takeTail(chunk);
                        any = true;
                    }
                    if (chunk.frames() > 0 || tail >= bytes) {
                        missing.remove(side);
                    } else {
                        missing.put(side, bytes - tail);
                    }
                }
            }
        }
        return any;
    }
}
