package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;

/**
 * What a deletion means: the messages that match, of those that were there when it began. Immutable.
 *
 * @param upTo the highest id that goes
 * @param newest the last id that was captured when the deletion began
 */
record Meant(MessageFilter filter, long upTo, long newest) {

    /** What came since is not meant, whatever the bound says: nobody looked yet where it began. */
    boolean reaches(long id) {
        return id <= upTo && (id <= newest || ImportIds.imported(id));
    }

    /** False only if nothing goes of what is outlined. */
    boolean mayBeIn(Outline outline) {
        return reaches(outline.firstId()) && outline.mayHold(filter);
    }

    /** Whether something of the event goes, by what it is itself. */
    boolean anyOf(TrafficEvent event) {
        return switch (event) {
            case LifeCycle lifeCycle -> goes(lifeCycle);
            case Gap gap -> goes(gap);
            case Unfinished rest -> goes(rest);
            case Chunk chunk -> anyOf(chunk);
        };
    }

    private boolean anyOf(Chunk chunk) {
        if (goesWithItsTail(chunk)) {
            return true;
        }
        for (int i = 0; i < chunk.frames(); i++) {
            if (goes(chunk, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the frame that ends there goes. */
    boolean goes(Chunk chunk, int index) {
        if (!reaches(chunk.id() + index) || !filter.admits(chunk)) {
            return false;
        }
        Frame frame = chunk.frame(index);
        return filter.matchesWithin(frame);
    }

    /** Whether what follows the chunk's last frame goes with it: who means whole chunks means that, too. */
    boolean goesWithItsTail(Chunk chunk) {
        return filter.wholesale() && reaches(chunk.lastId()) && filter.admits(chunk);
    }

    boolean goes(Unfinished rest) {
        return reaches(rest.id()) && filter.matches(rest.frame(0));
    }

    /** Those of an import go with all the rest of it; otherwise its name would be taken for ever. */
    boolean goes(LifeCycle event) {
        return reaches(event.id())
                && ImportIds.imported(event.id())
                && ofWholeEndpoints(event)
                && filter.since() == Long.MIN_VALUE
                && filter.until() == Long.MAX_VALUE;
    }

    boolean goes(Gap gap) {
        return reaches(gap.id()) && ofWholeEndpoints(gap) && gap.at() >= filter.since() && gap.at() < filter.until();
    }

    private boolean ofWholeEndpoints(TrafficEvent event) {
        return filter.wholesale()
                && filter.connection() == null
                && filter.direction() == null
                && (filter.endpoint() == null || filter.endpoint().equals(event.endpoint()));
    }
}
