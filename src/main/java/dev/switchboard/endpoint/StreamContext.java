package dev.switchboard.endpoint;

import dev.switchboard.traffic.Capture;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What the connections of one endpoint share.
 *
 * @param rooms where connections wait while the capture is full; belongs to the loop
 */
record StreamContext(
        String endpoint,
        Loop loop,
        RoomQueue rooms,
        Capture capture,
        ConnectionRegistry registry,
        Counters counters,
        StreamSettings settings,
        ApplicationEventPublisher publisher) {}
