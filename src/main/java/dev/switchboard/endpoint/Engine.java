package dev.switchboard.endpoint;

import dev.switchboard.access.Egress;
import dev.switchboard.traffic.Capture;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What every endpoint needs to open sockets.
 *
 * @param streams the loops of TCP
 * @param datagrams the loop of UDP, its own, so that a busy stream costs no datagrams
 */
record Engine(
        Loops streams,
        Loop datagrams,
        Capture capture,
        ConnectionRegistry registry,
        Flows flows,
        Egress egress,
        ApplicationEventPublisher publisher,
        EndpointProperties properties)
        implements AutoCloseable {

    @Override
    public void close() {
        streams.close();
        datagrams.close();
    }
}
