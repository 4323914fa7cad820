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
 * @param queryTimeout how long a query may search before it answers with what it found by then, from 10ms to 5m
 */
@ConfigurationProperties("switchboard.history")
record HistoryProperties(
        @DefaultValue("disk") Store store,
        @DefaultValue("500ms") Duration flushInterval,
        @DefaultValue("2GB") DataSize maxBytes,
        @DefaultValue("7d") Duration maxAge,
        @DefaultValue("2s") Duration queryTimeout) {

    /** Of the heap: what is kept in memory may take one in so many bytes. */
    private static final int HEAP_SHARE = 4;

    /** What keeps history. */
    enum Store {
        DISK,
        MEMORY
    }

    HistoryProperties {
        if (flushInterval.compareTo(Duration.ofMillis(10)) < 0 || flushInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("switchboard.history.flush-interval must be from 10ms to 1m, not "
                    + flushInterval.toMillis() + "ms");
        }
        if (maxBytes.toBytes() < 1 << 20) {
            throw new IllegalArgumentException("switchboard.history.max-bytes must be at least 1MB, not " + maxBytes);
        }
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(Duration.ofDays(100 * 365)) > 0) {
            throw new IllegalArgumentException(
                    "switchboard.history.max-age must be from 1s to 36500d, not " + maxAge.toSeconds() + "s");
        }
        if (queryTimeout.compareTo(Duration.ofMillis(10)) < 0 || queryTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "switchboard.history.query-timeout must be from 10ms to 5m, not " + queryTimeout.toMillis() + "ms");
        }
    }

    /** What may be kept in memory. */
    long memoryBytes() {
        return Math.min(maxBytes.toBytes(), Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }
}
