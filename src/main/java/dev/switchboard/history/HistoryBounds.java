package dev.switchboard.history;

/**
 * What a store holds.
 *
 * @param oldest id of the oldest event kept, 0 when there is none
 * @param newest id of the newest event appended, 0 before the first; kept or not
 * @param frames how many frames are kept
 * @param bytes what keeping them costs, in the measure that {@code switchboard.history.max-bytes} bounds
 */
public record HistoryBounds(long oldest, long newest, long frames, long bytes) {}
