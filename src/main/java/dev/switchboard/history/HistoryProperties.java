package dev.switchboard.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of history; the oldest goes first.
 *
 * @param maxBytes what may be kept, at least 1MB. Kept in memory, it is never more than a quarter of the heap, whatever
 *     is said here
 * @param maxAge how long anything is kept, at least a second
 */
@ConfigurationProperties("switchboard.history")
record HistoryProperties(
        @DefaultValue("2GB") DataSize maxBytes,
        @DefaultValue("7d") Duration maxAge) {

    HistoryProperties {
        if (maxBytes.toBytes() < 1 << 20) {
            throw new IllegalArgumentException("switchboard.history.max-bytes must be at least 1MB, not " + maxBytes);
        }
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(Duration.ofDays(100 * 365)) > 0) {
            throw new IllegalArgumentException("switchboard.history.max-age must be from 1s to 36500d, not " + maxAge);
        }
    }
}
