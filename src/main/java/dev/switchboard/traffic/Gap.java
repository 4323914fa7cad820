package dev.switchboard.traffic;

/**
 * Frames that crossed the wire and were not recorded, because the capture was full: datagrams, which do not wait, and,
 * if history stands still for so long that even what was in the hands of readers of TCP does not fit, frames of those.
 *
 * @param missed how many, exactly
 */
public record Gap(long id, long at, String endpoint, long missed) implements TrafficEvent {}
