package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.List;

/**
 * How large things may get.
 *
 * @param maxBytes all files together
 * @param maxAgeNanos how old anything in them
 * @param fileBytes one file, about
 * @param stretchBytes one stretch, about
 */
record LogLimits(long maxBytes, long maxAgeNanos, long fileBytes, long stretchBytes) {

    private static final long MAX_FILE = 128 << 20;
    private static final long MIN_FILE = 64 << 10;
    private static final int FILES = 16;

    /** So that what is known of stretches, which is in memory, stays within a few megabytes. */
    private static final int STRETCHES = 8192;

    /** What a record takes beside its bytes, roughly. */
    private static final int RECORD = 128;

    private static final long USUAL_STRETCH = 1 << 20;

    static LogLimits of(long maxBytes, Duration maxAge) {
        long file = Math.clamp(maxBytes / FILES, MIN_FILE, MAX_FILE);
        long stretch = Math.clamp(maxBytes / STRETCHES, Math.min(USUAL_STRETCH, file / 4), file);
        return new LogLimits(maxBytes, maxAge.toNanos(), file, stretch);
    }

    /**
     * Where to stop when events are written from {@code from} on, so that the bounds are looked after before the files
     * are beyond them by more than one.
     */
    int portion(List<TrafficEvent> events, int from) {
        long bytes = 0;
        int to = from;
        while (to < events.size() && bytes < fileBytes) {
            bytes += RECORD + events.get(to).weight();
            to++;
        }
        return to;
    }
}
