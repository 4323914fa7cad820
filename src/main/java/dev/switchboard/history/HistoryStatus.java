package dev.switchboard.history;

import java.util.Optional;

/**
 * How a store is.
 *
 * @param kind {@code memory} or {@code disk}
 * @param outage what keeps it from recording; empty while it records
 * @param lastRun how the run before ended, in a sentence, where that is worth one: what was lost, what was mended
 */
record HistoryStatus(String kind, Optional<Outage> outage, Optional<String> lastRun) {

    /**
     * A time in which nothing can be stored. Sockets go on.
     *
     * @param since nanoseconds since the Unix epoch
     * @param reason in a sentence
     * @param framesLost how many so far
     */
    record Outage(long since, String reason, long framesLost) {}

    /** It records, and never did anything else. */
    static HistoryStatus recording(String kind) {
        return new HistoryStatus(kind, Optional.empty(), Optional.empty());
    }
}
