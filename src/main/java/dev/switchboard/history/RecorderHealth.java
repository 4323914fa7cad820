package dev.switchboard.history;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when the thread that records has ended: sockets would stand still soon, and nothing but a new start mends that.
 */
final class RecorderHealth extends AbstractHealthIndicator {

    private final Recorder recorder;

    RecorderHealth(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        if (!recorder.records()) {
            health.down().withDetail("reason", "the recorder has ended");
        }
    }
}
