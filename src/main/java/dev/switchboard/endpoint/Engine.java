package dev.switchboard.endpoint;

import dev.switchboard.access.Egress;
import dev.switchboard.traffic.Capture;
import java.util.List;
import java.util.stream.Stream;
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

    /** All that move bytes. */
    List<Loop> loops() {
        return Stream.concat(streams.all().stream(), Stream.of(datagrams)).toList();
    }

    @Override
    public void close() {
        streams.close();
        datagrams.close();
    }
}
