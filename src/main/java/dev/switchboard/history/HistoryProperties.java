package dev.switchboard.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where history is kept, and its bounds; the oldest goes first.
 *
 * @param store on disk, where it survives, or in memory
 * @param flushInterval how long what was written to disk may wait until it is there for certain, 10ms to 1m
 * @param maxBytes what may be kept, at least 1MB. Kept in memory, it is never more than a quarter of the heap, whatever
 *     is said here
 * @param maxAge how long anything is kept, at least a second
 */
@ConfigurationProperties("switchboard.history")
record HistoryProperties(
        @DefaultValue("disk") Store store,
        @DefaultValue("500ms") Duration flushInterval,
        @DefaultValue("2GB") DataSize maxBytes,
        @DefaultValue("7d") Duration maxAge) {

    /** What keeps history. */
    enum Store {
        DISK,
        MEMORY
    }

    HistoryProperties {
        if (flushInterval.compareTo(Duration.ofMillis(10)) < 0 || flushInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "switchboard.history.flush-interval must be from 10ms to 1m, not " + flushInterval);
        }
        if (maxBytes.toBytes() < 1 << 20) {
            throw new IllegalArgumentException("switchboard.history.max-bytes must be at least 1MB, not " + maxBytes);
        }
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(Duration.ofDays(100 * 365)) > 0) {
            throw new IllegalArgumentException("switchboard.history.max-age must be from 1s to 36500d, not " + maxAge);
        }
    }
}
