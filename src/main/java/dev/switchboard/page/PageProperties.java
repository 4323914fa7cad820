package dev.switchboard.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the HTTP API.
 *
 * @param maxRequestSize what the body of a request may have, but for imports, at least 1KB; a longer one is answered
 *     with 413
 * @param minRequestRate how many bytes of a body, imports included, have to come in a second, on average and from its
 *     thirtieth second on; a slower one is answered with 408, and with 0 none is
 */
@ConfigurationProperties("switchboard")
record PageProperties(
        @DefaultValue("32MB") DataSize maxRequestSize,
        @DefaultValue("1KB") DataSize minRequestRate) {

    PageProperties {
        if (maxRequestSize.toBytes() < 1 << 10) {
            throw new IllegalArgumentException(
                    "switchboard.max-request-size must be at least 1KB, not " + maxRequestSize);
        }
        if (minRequestRate.isNegative()) {
            throw new IllegalArgumentException("switchboard.min-request-rate must be 0 or more, not " + minRequestRate);
        }
    }
}
