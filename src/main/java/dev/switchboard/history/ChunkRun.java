package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.List;
import java.util.OptionalLong;

/**
 * Chunks of a connection, and gaps among them.
 *
 * @param events oldest first
 * @param from everything from this id on is there
 * @param cutAt empty where there is nothing before it that was asked for; else about when the run begins, in
 *     nanoseconds since the Unix epoch
 */
record ChunkRun(List<TrafficEvent> events, long from, OptionalLong cutAt) {}
