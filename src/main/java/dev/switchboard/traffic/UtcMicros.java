package dev.switchboard.traffic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Nanoseconds since the Unix epoch as the API writes and reads them: RFC 3339 in UTC with exactly six digits of a
 * second, so that text sorts as time does.
 */
public final class UtcMicros {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private UtcMicros() {}

    /** Cut to microseconds, not rounded, so what is written is never later than what happened. */
    public static String format(long nanos) {
        return FORMAT.format(
                Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND)));
    }

    /**
     * Takes any offset. What lies outside of the years 1678 to 2262 becomes the nearest value there is, so that the
     * year 1 or 9999 may stand for "no bound".
     *
     * @throws DateTimeException if {@code text} is not an RFC 3339 date and time with an offset
     */
    public static long parse(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
        } catch (ArithmeticException outOfRange) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
