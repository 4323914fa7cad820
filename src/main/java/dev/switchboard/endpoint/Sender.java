package dev.switchboard.endpoint;

import dev.switchboard.framing.UnframeableException;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Outgoing;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

/**
 * Sends what operators and scripts ask for, through the outbound channel, and waits until the kernel has it: the
 * calling thread blocks, for as long as the order and {@code switchboard.send-timeout} say. Any thread but the loops.
 */
public final class Sender {

    private final Endpoints endpoints;
    private final ConnectionRegistry registry;
    private final MessageChannel outbound;
    private final Replies replies;
    private final Duration timeout;

    Sender(
            Endpoints endpoints,
            ConnectionRegistry registry,
            MessageChannel outbound,
            Replies replies,
            Duration timeout) {
        this.endpoints = endpoints;
        this.registry = registry;
        this.outbound = outbound;
        this.replies = replies;
        this.timeout = timeout;
    }

    /** To every open connection of a tcp-server, the connection of a tcp-client, or a UDP destination. */
    public Outcome toEndpoint(String name, Order order) throws InterruptedException {
        return send(order, receivers(endpoints.endpoint(name), order));
    }

    /** To one connection. */
    public Outcome toConnection(String id, Order order) throws InterruptedException {
        if (order.to().isPresent()) {
            throw RefusedException.meaningless("to", "a connection has one peer: leave it out");
        }
        return send(order, List.of(openConnection(id)));
    }

    private OpenConnection openConnection(String id) {
        return registry.open(id)
                .orElseThrow(() -> registry.find(id).isPresent()
                        ? RefusedException.conflict("connection '" + id + "' is closed")
                        : RefusedException.unknown("there is no connection '" + id + "'"));
    }

    private List<OpenConnection> receivers(Endpoint endpoint, Order order) {
        if (!endpoint.running()) {
            throw RefusedException.conflict("endpoint '" + endpoint.name() + "' is "
                    + endpoint.status().state().word() + ": start it first");
        }
        if (endpoint instanceof UdpEndpoint udp) {
            return List.of(udp.peer(destination(udp, order)));
        }
        if (order.to().isPresent()) {
            throw RefusedException.meaningless("to", "only a udp endpoint sends to an address: leave it out");
        }
        List<OpenConnection> open = endpoint.connections();
        if (open.isEmpty()) {
            throw RefusedException.conflict("endpoint '" + endpoint.name() + "' has no open connection to send to");
        }
        return open;
    }

    private static InetSocketAddress destination(UdpEndpoint endpoint, Order order) {
        Address remote = ((EndpointSpec.Udp) endpoint.spec()).remote();
        Address to = order.to().orElse(remote);
        if (to == null) {
            throw RefusedException.meaningless(
                    "to", "is missing: say where the datagram goes, or give the endpoint a remote");
        }
        if (to.port() == 0) {
            throw RefusedException.meaningless("to", "nobody can be reached at port 0: give a port from 1 to 65535");
        }
        try {
            return to.resolve();
        } catch (UnknownHostException e) {
            throw RefusedException.meaningless("to", "there is no host '" + to.host() + "'");
        }
    }

    private Outcome send(Order order, List<OpenConnection> receivers) throws InterruptedException {
        List<String> ids = receivers.stream().map(one -> one.key().id()).toList();
        List<OpenConnection> left = new ArrayList<>(receivers);
        List<Outcome.Sent> sent = new ArrayList<>();
        List<Outcome.Failed> failed = new ArrayList<>();
        try (Replies.Expectation expected = replies.expect(order.awaitReply().isPresent() ? ids : List.of())) {
            Pace pace = new Pace(order.interval());
            long end = System.nanoTime() + Order.MAX_TIME.plus(timeout).toNanos();
            for (int i = 0; i < order.repeat() && !left.isEmpty(); i++) {
                pace.next();
                round(order, left, expected, end, sent, failed);
            }
            return new Outcome(sent, failed, reply(order, expected));
        }
    }

    /** Sends once to those who are left; who could not be sent to is not left afterwards. */
    private void round(
            Order order,
            List<OpenConnection> left,
            Replies.Expectation expected,
            long end,
            List<Outcome.Sent> sent,
            List<Outcome.Failed> failed)
            throws InterruptedException {
        List<Handover> handovers = new ArrayList<>();
        for (OpenConnection receiver : left) {
            handovers.add(handOver(order, receiver, expected));
        }
        long deadline = Math.min(System.nanoTime() + timeout.toNanos(), end);
        RuntimeException refusal = null;
        for (Handover handover : handovers) {
            try {
                sent.add(handover.await(deadline - System.nanoTime()));
            } catch (RefusedException e) {
                refusal = e;
                failed.add(new Outcome.Failed(handover.connection, String.valueOf(e.getMessage())));
                left.removeIf(receiver -> receiver.key().id().equals(handover.connection));
            }
        }
        if (sent.isEmpty() && refusal != null) {
            throw refusal;
        }
    }

    private Handover handOver(Order order, OpenConnection receiver, Replies.Expectation expected) {
        Handover handover = new Handover(receiver.key().id(), order.payload().length, expected);
        Outgoing outgoing = new Outgoing(order.payload(), order.origin(), handover);
        outbound.send(new GenericMessage<>(outgoing, receiver.headers()));
        return handover;
    }

    private static Optional<Frame> reply(Order order, Replies.Expectation expected) throws InterruptedException {
        if (order.awaitReply().isEmpty()) {
            return Optional.empty();
        }
        Duration patience = order.awaitReply().get();
        try {
            return Optional.of(expected.reply().get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw RefusedException.timedOut("it was sent, and no reply came within " + DurationText.of(patience));
        } catch (ExecutionException e) {
            throw RefusedException.timedOut("it was sent, and " + reason(e));
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    /** One payload on its way to one connection. */
    private static final class Handover implements Outgoing.Receipt {

        private final String connection;
        private final int bytes;
        private final Replies.Expectation expected;
        private final CompletableFuture<Outcome.Sent> done = new CompletableFuture<>();

        private Handover(String connection, int bytes, Replies.Expectation expected) {
            this.connection = connection;
            this.bytes = bytes;
            this.expected = expected;
        }

        @Override
        public void sent(long messageId, int wireBytes) {
            expected.sent(connection, messageId);
            done.complete(new Outcome.Sent(messageId, connection, bytes, wireBytes));
        }

        @Override
        public void failed(Exception reason) {
            expected.nothingFrom(connection);
            done.completeExceptionally(reason);
        }

        private Outcome.Sent await(long nanos) throws InterruptedException {
            try {
                return done.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw RefusedException.timedOut("the peer of " + connection
                        + " does not read: not all bytes could be handed over; the rest stays queued");
            } catch (ExecutionException e) {
                throw refusal(e.getCause());
            }
        }

        private static RefusedException refusal(@Nullable Throwable cause) {
            return switch (cause) {
                case RefusedException refused -> refused;
                case UnframeableException unframeable ->
                    RefusedException.meaningless("payload", String.valueOf(unframeable.getMessage()));
                case QueueFullException full -> RefusedException.tooMuch(String.valueOf(full.getMessage()));
                case null -> RefusedException.conflict("it could not be sent");
                case UnsupportedAddressTypeException family ->
                    RefusedException.meaningless(
                            "to",
                            "the endpoint's socket can't send to an address of that family: give an address of the"
                                    + " family it is bound to");
                case Exception other -> RefusedException.conflict("it could not be sent: " + Reasons.ofSending(other));
                default -> RefusedException.conflict("it could not be sent: " + cause);
            };
        }
    }
}
