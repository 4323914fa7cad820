package dev.switchboard.traffic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the capture ring.
 *
 * @param maxBytes what the ring may keep alive for its readers, at least 1MB
 */
@ConfigurationProperties("switchboard.capture")
record TrafficProperties(@DefaultValue("64MB") DataSize maxBytes) {

    TrafficProperties {
        if (maxBytes.toBytes() < 1 << 20) {
            throw new IllegalArgumentException("switchboard.capture.max-bytes must be at least 1MB, not " + maxBytes);
        }
    }
}
