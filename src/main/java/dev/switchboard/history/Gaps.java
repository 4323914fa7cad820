package dev.switchboard.history;

import dev.switchboard.traffic.Gap;
import org.jspecify.annotations.Nullable;

/**
 * Which frames that were not recorded are meant.
 *
 * @param endpoint null for all
 * @param since nanoseconds since the Unix epoch, inclusive
 * @param until nanoseconds since the Unix epoch, exclusive
 * @param from the lowest id
 * @param before above the highest id
 */
record Gaps(@Nullable String endpoint, long since, long until, long from, long before) {

    /** How many they are; stretches are opened at the edges only. */
    long missed(StoreView view) {
        long missed = 0;
        for (Stretch stretch : view.stretches()) {
            Outline outline = stretch.outline();
            if (outline.tally().gaps() > 0 && touches(outline)) {
                missed += outline.index() != null && holds(outline)
                        ? outline.index().sums(endpoint).missed()
                        : missed(stretch.load());
            }
        }
        return missed;
    }

    /** False only if none of them can be in there. */
    boolean touches(Outline outline) {
        return outline.lastId() >= from
                && outline.firstId() < before
                && outline.lastAt() >= since
                && outline.firstAt() < until
                && (endpoint == null
                        || outline.index() == null
                        || outline.index().endpoints().containsKey(endpoint));
    }

    private boolean holds(Outline outline) {
        return outline.firstId() >= from
                && outline.lastId() < before
                && outline.firstAt() >= since
                && outline.lastAt() < until;
    }

    private long missed(Segment segment) {
        long missed = 0;
        for (int i = 0; i < segment.size(); i++) {
            if (segment.events()[i] instanceof Gap gap && has(gap)) {
                missed += gap.missed();
            }
        }
        return missed;
    }

    boolean has(Gap gap) {
        return gap.id() >= from
                && gap.id() < before
                && gap.at() >= since
                && gap.at() < until
                && (endpoint == null || endpoint.equals(gap.endpoint()));
    }
}
