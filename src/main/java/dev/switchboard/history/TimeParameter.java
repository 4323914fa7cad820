package dev.switchboard.history;

import dev.switchboard.traffic.UtcMicros;
import java.time.DateTimeException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A time in a query. */
final class TimeParameter {

    private TimeParameter() {}

    /** Nanoseconds since the Unix epoch; {@code otherwise} when none was given. */
    static long parse(String name, @Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return UtcMicros.parse(text);
        } catch (DateTimeException e) {
            throw Problem.badParameter(
                    name,
                    text + " is not a time; write it as 2026-08-01T12:00:00Z or with an offset (a + in a URL is %2B)");
        }
    }

    /** As {@link UtcMicros} writes it; null when there is none. */
    static @Nullable String format(OptionalLong nanos) {
        return nanos.isPresent() ? UtcMicros.format(nanos.getAsLong()) : null;
    }
}
