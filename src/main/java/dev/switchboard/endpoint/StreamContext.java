package dev.switchboard.endpoint;

import dev.switchboard.traffic.Capture;
import org.springframework.context.ApplicationEventPublisher;

/** What the connections of one endpoint share. */
record StreamContext(
        String endpoint,
        Capture capture,
        ConnectionRegistry registry,
        Counters counters,
        StreamSettings settings,
        ApplicationEventPublisher publisher) {}
