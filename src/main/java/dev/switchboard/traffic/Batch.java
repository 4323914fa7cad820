package dev.switchboard.traffic;

import java.util.List;

/**
 * What a follower reads at a time.
 *
 * @param events in the order of capture
 * @param skipped how many frames were evicted before this follower came to them; they were before {@code events}
 */
public record Batch(List<TrafficEvent> events, long skipped) {}
