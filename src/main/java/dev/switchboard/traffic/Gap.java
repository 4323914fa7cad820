package dev.switchboard.traffic;

/**
 * Frames that crossed the wire and were not recorded, because the capture was full and datagrams do not wait.
 *
 * @param missed how many, exactly
 */
public record Gap(long id, long at, String endpoint, long missed) implements TrafficEvent {}
