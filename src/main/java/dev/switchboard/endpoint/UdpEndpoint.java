package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.Udp;
import dev.switchboard.endpoint.EndpointStatus.State;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One datagram socket: what comes in and what goes out, to whomever, passes it. */
final class UdpEndpoint extends Endpoint {

    private volatile Udp spec;
    private volatile @Nullable UdpSocket socket;

    UdpEndpoint(Engine engine, Udp spec, Counters counters, boolean declared) {
        super(engine, counters, declared);
        this.spec = spec;
    }

    @Override
    EndpointSpec spec() {
        return spec;
    }

    @Override
    void redefine(EndpointSpec other) {
        spec = (Udp) other;
    }

    @Override
    void open() throws IOException {
        UdpSocket bound;
        try {
            bound = UdpSocket.bind(name(), engine, counters, spec.bind().resolve());
        } catch (IOException | RuntimeException e) {
            throw new IOException("bind(" + spec.bind() + ") failed: " + Reasons.of(e), e);
        }
        socket = bound;
        String local = Address.text(bound.local());
        happened(Kind.CREATED, Call.SOCKET, "socket() made a UDP socket", bound.made());
        is(State.BOUND, local);
        happened(
                Kind.BOUND,
                Call.BIND,
                "bind(" + local + ") succeeded; receive buffer of " + bound.receiveBuffer() + " bytes granted",
                bound.bound());
        engine.flows().register(name(), bound.inbound(), new DatagramSendingHandler(engine.registry()), null);
    }

    @Override
    long kernelDrops() {
        UdpSocket open = socket;
        return open == null ? 0 : KernelDrops.of(open.local()).orElse(0);
    }

    @Override
    long waiting() {
        UdpSocket open = socket;
        return open == null ? 0 : open.waiting();
    }

    @Override
    CompletableFuture<?> shut(CloseReason reason) {
        UdpSocket open = socket;
        socket = null;
        return open == null ? CompletableFuture.completedFuture(null) : open.close(reason);
    }

    /**
     * The peer at that address; known from now on if it was not before.
     *
     * @throws RefusedException when the endpoint is stopped, or our sockets may not send there
     */
    OpenConnection peer(InetSocketAddress remote) {
        UdpSocket open = socket;
        if (open == null) {
            throw stopped();
        }
        engine.egress().refusal(remote).ifPresent(why -> {
            throw RefusedException.meaningless("to", why);
        });
        return open.peer(remote).join().orElseThrow(this::stopped);
    }

    /** Whether what is sent to {@code address}, in the form of {@link Address#text}, arrives here. */
    boolean isAt(String address) {
        UdpSocket open = socket;
        if (open == null) {
            return false;
        }
        InetSocketAddress local = open.local();
        if (!local.getAddress().isAnyLocalAddress()) {
            return address.equals(Address.text(local));
        }
        return address.endsWith(":" + local.getPort())
                && ofThisMachine(Address.parse(address).host());
    }

    private static boolean ofThisMachine(String ip) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.ofLiteral(ip)) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private RefusedException stopped() {
        return RefusedException.conflict("endpoint '" + name() + "' is stopped: start it first");
    }
}
