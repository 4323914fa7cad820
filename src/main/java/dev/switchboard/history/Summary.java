package dev.switchboard.history;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the messages that are meant add up to. Times are nanoseconds since the Unix epoch.
 *
 * @param sums all of them; {@code missed} is what was not recorded on their endpoint in the filter's time
 * @param since where the range spanned begins: the filter's bound, or the time of the oldest message; empty when there
 *     is neither
 * @param until past its end, in the same way
 * @param buckets the range in equal parts, oldest first; empty when none are wanted or there is no range
 * @param searchedTo empty as a rule; where time ran out, the time reached: everything later is counted, and of what is
 *     earlier nothing
 */
record Summary(Sums sums, OptionalLong since, OptionalLong until, List<Bucket> buckets, OptionalLong searchedTo) {

    /**
     * A part of the range.
     *
     * @param at where it begins; it ends where the next one begins
     */
    record Bucket(long at, Sums sums) {}

    /** Whether there was time enough. */
    boolean complete() {
        return searchedTo.isEmpty();
    }
}
