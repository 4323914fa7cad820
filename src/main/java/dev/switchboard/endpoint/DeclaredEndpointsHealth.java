package dev.switchboard.endpoint;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Of each endpoint that is declared in the configuration, whether it is as it should be. Those made over the API are
 * somebody's experiment, and no reason to send people elsewhere.
 *
 * <p>Down is only what failed. A client that is connecting does what it was asked to, and whether its peer is there is
 * no matter of ours; one that was stopped was stopped on purpose.
 */
final class DeclaredEndpointsHealth implements CompositeHealthContributor {

    private final Endpoints endpoints;

    DeclaredEndpointsHealth(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return endpoints.list().stream()
                .filter(EndpointStatus::declared)
                .map(endpoint -> endpoint.spec().name())
                .sorted()
                .map(name -> new HealthContributors.Entry(name, of(name)));
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return endpoints.find(name).filter(Endpoint::declared).isPresent() ? of(name) : null;
    }

    private HealthIndicator of(String name) {
        return () -> endpoints
                .find(name)
                .map(Endpoint::status)
                .map(DeclaredEndpointsHealth::health)
                .orElseGet(() -> Health.unknown().build());
    }

    private static Health health(EndpointStatus endpoint) {
        Health.Builder health = endpoint.state() == EndpointStatus.State.FAILED ? Health.down() : Health.up();
        health.withDetail("state", endpoint.state().word());
        Optional.ofNullable(endpoint.localAddress()).ifPresent(local -> health.withDetail("localAddress", local));
        Optional.ofNullable(endpoint.failure()).ifPresent(why -> health.withDetail("failure", why));
        return health.build();
    }
}
