package dev.switchboard.live;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Who reads live, as metrics. */
final class LiveMetrics implements MeterBinder {

    private final Readers clients;
    private final Readers streams;

    LiveMetrics(Readers clients, Readers streams) {
        this.clients = clients;
        this.streams = streams;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "page", "live.max-clients", clients);
        bind(registry, "stream", "live.max-streams", streams);
    }

    private static void bind(MeterRegistry registry, String kind, String property, Readers readers) {
        Gauge.builder("switchboard.live.readers", readers, Readers::count)
                .description("Who reads live now: pages on /ws/live, and streams of /api/stream")
                .tag("kind", kind)
                .register(registry);
        FunctionCounter.builder("switchboard.live.readers.refused", readers, Readers::refused)
                .description(
                        "Who was sent away, since as many read live already as live.max-clients or live.max-streams"
                                + " allows")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("switchboard.bound", readers, Readers::max)
                .description("What the property of that name, without \"switchboard.\" before it, is set to")
                .tag("bound", property)
                .register(registry);
    }
}
