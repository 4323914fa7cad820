package dev.switchboard.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the live feed. Each reader costs a thread (virtual), a connection and what one batch takes.
 *
 * @param maxClients WebSockets on {@code /ws/live} at once, at least 1; one too many is closed with 1013, try again
 *     later
 * @param maxStreams requests of {@code /api/stream} under way at once, at least 1; one too many gets 429
 * @param heartbeat after so long a silence a stream says that it is still there, from 100ms to 1h. Only writing finds
 *     out that a reader left, which takes two heartbeats at the most
 */
@ConfigurationProperties("switchboard.live")
record LiveProperties(
        @DefaultValue("200") int maxClients,
        @DefaultValue("200") int maxStreams,
        @DefaultValue("15s") Duration heartbeat) {

    LiveProperties {
        atLeastOne("max-clients", maxClients);
        atLeastOne("max-streams", maxStreams);
        if (heartbeat.compareTo(Duration.ofMillis(100)) < 0 || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "switchboard.live.heartbeat must be from 100ms to 1h, not " + heartbeat.toMillis() + "ms");
        }
    }

    private static void atLeastOne(String property, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("switchboard.live." + property + " must be at least 1, not " + value);
        }
    }
}
