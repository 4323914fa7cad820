package dev.switchboard.traffic;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as the API writes them: RFC 3339 in UTC, always with six digits of the second. */
public final class UtcMicros {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private UtcMicros() {}

    /** @param nanos since the Unix epoch; what is below a microsecond is cut off */
    public static String text(long nanos) {
        return FORMAT.format(
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
    }
}
