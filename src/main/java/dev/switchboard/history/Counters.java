package dev.switchboard.history;

/**
 * Totals over all endpoints since the process started, exact up to {@link #upTo()}.
 *
 * @param upTo id of the last event counted; with it, everything before
 * @param framesIn frames that came in
 * @param framesOut frames that went out
 * @param bytesIn bytes on the wire, framing included
 * @param bytesOut bytes on the wire, framing included
 * @param connectionsOpen TCP connections accepted or connected and not ended
 * @param errors {@code failed} and {@code framing-error} events
 * @param captureGap frames that crossed the wire and were not recorded
 */
public record Counters(
        long upTo,
        long framesIn,
        long framesOut,
        long bytesIn,
        long bytesOut,
        int connectionsOpen,
        long errors,
        long captureGap) {}
