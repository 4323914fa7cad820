package dev.switchboard.traffic;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How full the capture's ring is, as metrics; read when somebody asks. */
final class CaptureMetrics implements MeterBinder {

    private final Capture capture;
    private final TrafficProperties properties;

    CaptureMetrics(Capture capture, TrafficProperties properties) {
        this.capture = capture;
        this.properties = properties;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("switchboard.capture.unrecorded", capture, Capture::unkeptBytes)
                .description("What the capture's ring holds that history has not recorded yet")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder(
                        "switchboard.capture.max",
                        properties,
                        bounds -> bounds.maxBytes().toBytes())
                .description("What the capture's ring may hold; from three quarters of it unrecorded TCP is not read")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("switchboard.capture.congested", capture, ring -> ring.congested() ? 1 : 0)
                .description("1 while history is so far behind that TCP is not read and datagrams are not recorded")
                .register(registry);
        FunctionCounter.builder("switchboard.capture.congestions", capture, Capture::congestions)
                .description("How often that began")
                .register(registry);
    }
}
