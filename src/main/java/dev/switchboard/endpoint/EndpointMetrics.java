package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints count, as metrics: read when somebody asks, out of what is counted anyway. The series of an endpoint
 * are there for as long as it is, so there are never more than endpoints times a constant.
 */
final class EndpointMetrics implements MeterBinder, Endpoints.Watcher {

    private static final String ENDPOINT = "endpoint";

    private final Endpoints endpoints;
    private final SendQueues queues;
    private final EndpointProperties properties;
    private final Map<String, List<Meter>> byEndpoint = new ConcurrentHashMap<>();
    private final List<MeterRegistry> registries = new ArrayList<>();

    EndpointMetrics(Endpoints endpoints, ConnectionRegistry connections, EndpointProperties properties) {
        this.endpoints = endpoints;
        this.queues = new SendQueues(endpoints, connections);
        this.properties = properties;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (EndpointStatus.State state : EndpointStatus.State.values()) {
            Gauge.builder("switchboard.endpoints", endpoints, all -> all.count(state))
                    .description("Endpoints in that state")
                    .tag("state", state.word())
                    .register(registry);
        }
        bound(registry, "max-endpoints", properties.maxEndpoints());
        bound(registry, Admission.Bound.HERE.property(), properties.maxEndpointConnections());
        bound(registry, Admission.Bound.IN_ALL.property(), properties.maxConnections());
        bound(registry, "max-accepts", properties.maxAccepts());
        bound(registry, "max-peers", properties.maxPeers());
        bound(registry, "max-queued", properties.maxQueued().toBytes());
        registries.add(registry);
        endpoints.watchedBy(this);
    }

    private static void bound(MeterRegistry registry, String property, double value) {
        Gauge.builder("switchboard.bound", () -> value)
                .description("What the property of that name, without \"switchboard.\" before it, is set to")
                .tag("bound", property)
                .register(registry);
    }

    @Override
    public void made(String name, Counters counters) {
        List<Meter> meters = new ArrayList<>();
        registries.forEach(registry -> new OfOne(registry, name, counters, meters).register());
        byEndpoint.put(name, meters);
    }

    @Override
    public void gone(String name) {
        List<Meter> meters = byEndpoint.remove(name);
        if (meters != null) {
            registries.forEach(registry -> meters.forEach(registry::remove));
        }
    }

    private double up(String name) {
        return endpoints
                        .find(name)
                        .map(Endpoint::state)
                        .filter(EndpointMetrics::isUp)
                        .isPresent()
                ? 1
                : 0;
    }

    private static boolean isUp(EndpointStatus.State state) {
        return switch (state) {
            case LISTENING, CONNECTED, BOUND -> true;
            case STOPPED, STARTING, CONNECTING, FAILED -> false;
        };
    }

    private long kernelDrops(String name) {
        return endpoints.find(name).map(Endpoint::kernelDrops).orElse(0L);
    }

    /** The meters of one endpoint. */
    private final class OfOne {

        private final MeterRegistry registry;
        private final String name;
        private final Counters counters;
        private final List<Meter> meters;

        private OfOne(MeterRegistry registry, String name, Counters counters, List<Meter> meters) {
            this.registry = registry;
            this.name = name;
            this.counters = counters;
            this.meters = meters;
        }

        private void register() {
            gauge(
                    "endpoint.up",
                    null,
                    "1 while it listens, is connected or is bound; 0 else, stopped included",
                    () -> up(name));
            gauge(
                    "connections.open",
                    null,
                    "TCP connections open now; UDP peers known now",
                    counters.connectionsOpen::sum);
            counter("connections", null, "Connections there ever were", Tags.empty(), c -> c.connectionsTotal.sum());
            for (CloseReason reason : CloseReason.values()) {
                counter(
                        "connections.closed",
                        null,
                        "Connections that ended, by why; idle are silent ones, and UDP peers that made room for others",
                        Tags.of("reason", reason.word()),
                        c -> c.connectionsClosed(reason));
            }
            for (Admission.Bound bound : Admission.Bound.values()) {
                counter(
                        "connections.refused",
                        null,
                        "Connections that were reset as soon as they were accepted, by the bound that was reached",
                        Tags.of("bound", bound.property()),
                        c -> c.connectionsRefused(bound));
            }
            counter(
                    "accepts.paused",
                    null,
                    "How often max-accepts was reached, so that connections waited in the backlog",
                    Tags.empty(),
                    c -> c.acceptsPaused.sum());
            traffic();
            for (ErrorKind kind : ErrorKind.values()) {
                counter("errors", null, "What went wrong, by kind", Tags.of("kind", kind.word()), c -> c.errors(kind));
            }
        }

        private void traffic() {
            String frames = "Frames and datagrams that crossed it";
            counter("frames", null, frames, Tags.of("direction", "in"), c -> c.framesIn.sum());
            counter("frames", null, frames, Tags.of("direction", "out"), c -> c.framesOut.sum());
            String bytes = "Bytes that crossed it, framing included";
            counter("bytes", "bytes", bytes, Tags.of("direction", "in"), c -> c.bytesIn.sum());
            counter("bytes", "bytes", bytes, Tags.of("direction", "out"), c -> c.bytesOut.sum());
            gauge(
                    "send.queue",
                    "bytes",
                    "What waits to be sent on all its connections, each frame with 64 bytes more",
                    () -> queues.waiting(name));
            gauge(
                    "send.queue.longest",
                    "bytes",
                    "What waits to be sent on the one connection on which most waits; max-queued bounds it",
                    () -> queues.longest(name));
            counter(
                    "sends.refused",
                    null,
                    "What was not sent, since as much waited as max-queued allows",
                    Tags.empty(),
                    c -> c.sendsRefused.sum());
            counter(
                    "frames.dropped",
                    null,
                    "Frames thrown away since a peer did not read (whenFull: drop-newest)",
                    Tags.empty(),
                    c -> c.framesDropped.sum());
            counter(
                    "capture.gap",
                    "datagrams",
                    "Datagrams that crossed the wire and were not recorded, since history could not keep up",
                    Tags.empty(),
                    c -> c.captureGap.sum());
            counter(
                    "kernel.drops",
                    "datagrams",
                    "Datagrams the kernel threw away since the socket was bound (UDP on Linux)",
                    Tags.empty(),
                    c -> kernelDrops(name));
        }

        private void counter(
                String what, @Nullable String unit, String text, Tags more, ToDoubleFunction<Counters> value) {
            meters.add(FunctionCounter.builder("switchboard." + what, counters, value)
                    .description(text)
                    .baseUnit(unit)
                    .tags(more.and(ENDPOINT, name))
                    .register(registry));
        }

        private void gauge(String what, @Nullable String unit, String text, Supplier<Number> value) {
            meters.add(Gauge.builder("switchboard." + what, value)
                    .description(text)
                    .baseUnit(unit)
                    .tag(ENDPOINT, name)
                    .register(registry));
        }
    }
}
