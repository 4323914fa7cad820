package dev.switchboard.history;

import dev.switchboard.traffic.Capture;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How recording fares, as metrics; read when somebody asks. */
final class HistoryMetrics implements MeterBinder {

    private final Capture capture;
    private final Recorder recorder;
    private final HistoryStore store;

    HistoryMetrics(Capture capture, Recorder recorder, HistoryStore store) {
        this.capture = capture;
        this.recorder = recorder;
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "recording",
                null,
                "1 while history records; 0 during an outage, when sockets go on and what passes is lost to history",
                it -> it.store.status().outage().isEmpty() ? 1 : 0);
        gauge(
                registry,
                "lag",
                "frames",
                "Frames and events that were captured and are not recorded yet",
                HistoryMetrics::lag);
        FunctionCounter.builder(
                        "switchboard.history.gap",
                        this,
                        it -> it.recorder.counters().captureGap())
                .description("Frames that crossed the wire and are missing in history")
                .baseUnit("frames")
                .register(registry);
        gauge(
                registry,
                "kept",
                "frames",
                "Frames that are kept",
                it -> it.store.bounds().frames());
        gauge(
                registry,
                "size",
                "bytes",
                "What keeping them takes, of heap or of disk",
                it -> it.store.bounds().bytes());
        gauge(registry, "max", "bytes", "What it may take; the oldest goes first", it -> it.store.maxBytes());
        gauge(registry, "reach", "seconds", "How far history reaches back", HistoryMetrics::reach);
    }

    private void gauge(
            MeterRegistry registry,
            String what,
            @Nullable String unit,
            String text,
            ToDoubleFunction<HistoryMetrics> value) {
        Gauge.builder("switchboard.history." + what, this, value)
                .description(text)
                .baseUnit(unit)
                .register(registry);
    }

    private double lag() {
        return Math.max(0, capture.latest() - recorder.counters().upTo());
    }

    private double reach() {
        HistoryBounds bounds = store.bounds();
        return bounds.oldestAt().isEmpty()
                ? 0
                : Math.max(0, capture.now() - bounds.oldestAt().getAsLong()) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
