package dev.switchboard.endpoint;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down when a thread that moves bytes has ended or hangs: nothing but a new start mends that. */
final class LoopsHealth extends AbstractHealthIndicator {

    private final LoopPulse pulse;

    LoopsHealth(LoopPulse pulse) {
        this.pulse = pulse;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        pulse.trouble().ifPresent(why -> health.down().withDetail("reason", why));
    }
}
