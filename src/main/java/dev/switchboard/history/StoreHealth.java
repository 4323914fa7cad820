package dev.switchboard.history;

import dev.switchboard.traffic.UtcMicros;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down while nothing can be recorded. */
final class StoreHealth extends AbstractHealthIndicator {

    private final HistoryStore store;

    StoreHealth(HistoryStore store) {
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        HistoryStatus status = store.status();
        health.up().withDetail("store", status.kind());
        status.outage()
                .ifPresent(outage -> health.down()
                        .withDetail("reason", outage.reason())
                        .withDetail("since", UtcMicros.format(outage.since()))
                        .withDetail("framesLost", outage.framesLost()));
    }
}
