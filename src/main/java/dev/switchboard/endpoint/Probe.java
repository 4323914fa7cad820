package dev.switchboard.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/** Finds out whether an address could be had, without keeping it. */
final class Probe {

    private Probe() {}

    /** @throws IOException in words, when it can't be had for TCP */
    static InetSocketAddress stream(Address bind) throws IOException {
        try (SocketChannel probe = SocketChannel.open()) {
            InetSocketAddress address = bind.resolve();
            // As every real attempt: what the kernel keeps in TIME_WAIT is no obstacle.
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(address);
            return address;
        } catch (IOException | RuntimeException e) {
            throw refused(bind, e);
        }
    }

    private static void datagrams(Address bind) throws IOException {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.bind(bind.resolve());
        } catch (IOException | RuntimeException e) {
            throw refused(bind, e);
        }
    }

    /**
     * Whether {@code spec} could be opened while {@code old} still is; where they would be in each other's way, nothing
     * is said.
     *
     * @throws IOException in words, when its address can't be had
     */
    static void beside(EndpointStatus old, EndpointSpec spec) throws IOException {
        switch (spec) {
            case EndpointSpec.TcpServer server when !sharesPort(old, server.bind(), server) -> stream(server.bind());
            case EndpointSpec.TcpClient client
            when client.bind() != null && !sharesPort(old, client.bind(), client) -> stream(client.bind());
            case EndpointSpec.Udp udp when !sharesPort(old, udp.bind(), udp) -> datagrams(udp.bind());
            default -> {}
        }
    }

    private static boolean sharesPort(EndpointStatus old, Address bind, EndpointSpec spec) {
        boolean sameTransport = (old.spec() instanceof EndpointSpec.Udp) == (spec instanceof EndpointSpec.Udp);
        String local = old.localAddress();
        return sameTransport && local != null && local.endsWith(":" + bind.port());
    }

    private static IOException refused(Address bind, Exception reason) {
        return new IOException("bind(" + bind + ") failed: " + Reasons.of(reason), reason);
    }
}
