package dev.switchboard.history;

import java.util.OptionalLong;

/**
 * What a store holds.
 *
 * @param oldest id of the oldest event kept, 0 when there is none
 * @param newest id of the newest event appended, 0 before the first; kept or not
 * @param frames how many frames are kept
 * @param bytes what keeping them costs, in the measure that {@code switchboard.history.max-bytes} bounds
 * @param oldestAt when the oldest event kept happened, in nanoseconds since the Unix epoch; empty when there is none
 * @param newestAt the same of the newest one kept
 */
public record HistoryBounds(
        long oldest, long newest, long frames, long bytes, OptionalLong oldestAt, OptionalLong newestAt) {}
