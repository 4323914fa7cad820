package dev.switchboard.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the HTTP API.
 *
 * @param maxRequestSize what the body of a request may have, but for imports, at least 1KB; a longer one is answered
 *     with 413
 */
@ConfigurationProperties("switchboard")
record PageProperties(@DefaultValue("32MB") DataSize maxRequestSize) {

    PageProperties {
        if (maxRequestSize.toBytes() < 1 << 10) {
            throw new IllegalArgumentException(
                    "switchboard.max-request-size must be at least 1KB, not " + maxRequestSize);
        }
    }
}
