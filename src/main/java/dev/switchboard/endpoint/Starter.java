package dev.switchboard.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a first start begins with: somebody to talk to, so that the first click sends a message and sees the answer. */
final class Starter {

    private Starter() {}

    /** @param address that they listen on, without a port */
    static List<EndpointDefinition> definitions(String address) {
        return List.of(
                definition("echo-tcp", "tcp-server", address + ":9001", null, "echo", "Sends back what it receives"),
                definition("echo-udp", "udp", address + ":9002", null, "echo", "Sends back each datagram"),
                definition("hello", "tcp-client", null, "127.0.0.1:9001", "none", "Calls echo-tcp: send it something"));
    }

    private static EndpointDefinition definition(
            String name,
            String type,
            @Nullable String bind,
            @Nullable String remote,
            String onReceive,
            String description) {
        return new EndpointDefinition(
                name, type, bind, remote, null, null, null, true, onReceive, null, description, null, null, null, null);
    }
}
