package dev.switchboard.endpoint;

import dev.switchboard.traffic.Origin;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be sent, and how.
 *
 * @param payload before framing
 * @param to a UDP destination other than the endpoint's own
 * @param awaitReply how long to wait for an answer, if one is wanted
 * @param repeat how often it is sent, 1 to {@value #MAX_REPEAT}
 * @param interval from one time to the next
 */
public record Order(
        byte[] payload,
        Origin origin,
        Optional<Address> to,
        Optional<Duration> awaitReply,
        int repeat,
        Duration interval) {

    public static final int MAX_REPEAT = 10_000;

    /** Repeating takes no longer than this in all, since whoever asked waits for it. */
    public static final Duration MAX_TIME = Duration.ofMinutes(5);

    /** @throws RefusedException when a number is out of its range */
    public Order {
        if (repeat < 1 || repeat > MAX_REPEAT) {
            throw RefusedException.meaningless("repeat", repeat + " is out of range: choose 1 to " + MAX_REPEAT);
        }
        if (interval.isNegative() || interval.multipliedBy(repeat - 1L).compareTo(MAX_TIME) > 0) {
            throw RefusedException.meaningless(
                    "interval",
                    "repeating would take longer than " + MAX_TIME.toMinutes() + " minutes: send less often");
        }
        awaitReply.ifPresent(time -> {
            if (time.isNegative() || time.isZero() || time.compareTo(MAX_TIME) > 0) {
                throw RefusedException.meaningless(
                        "awaitReply", "choose more than 0s and at most " + MAX_TIME.toMinutes() + "m");
            }
        });
    }

    /** Sent once, to whom the endpoint or connection says. */
    public static Order of(byte[] payload, Origin origin) {
        return new Order(payload, origin, Optional.empty(), Optional.empty(), 1, Duration.ZERO);
    }
}
