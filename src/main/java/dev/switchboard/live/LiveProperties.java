package dev.switchboard.live;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the live feed. Each reader costs a thread (virtual), a connection and what one batch takes.
 *
 * @param maxClients WebSockets on {@code /ws/live} at once, at least 1; one too many is closed with 1013, try again later
 * @param maxStreams requests of {@code /api/stream} under way at once, at least 1; one too many gets 429
 */
@ConfigurationProperties("switchboard.live")
record LiveProperties(
        @DefaultValue("200") int maxClients,
        @DefaultValue("200") int maxStreams) {

    LiveProperties {
        if (maxClients < 1 || maxStreams < 1) {
            throw new IllegalArgumentException("switchboard.live.max-clients and max-streams must be at least 1");
        }
    }
}
