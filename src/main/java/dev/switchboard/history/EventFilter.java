package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Which life-cycle events are meant; every condition must hold.
 *
 * @param endpoint name of the endpoint, or null for all
 * @param connection id of the connection, or null for all and for what belongs to the endpoint itself
 * @param since nanoseconds since the Unix epoch, inclusive; {@link Long#MIN_VALUE} for no bound
 * @param until nanoseconds since the Unix epoch, exclusive; {@link Long#MAX_VALUE} for no bound
 */
public record EventFilter(
        @Nullable String endpoint, @Nullable String connection, long since, long until) {

    /** Whether the event is meant. */
    public boolean matches(LifeCycle event) {
        return event.at() >= since
                && event.at() < until
                && (endpoint == null || endpoint.equals(event.endpoint()))
                && (connection == null
                        || (event.connection() != null
                                && connection.equals(event.connection().id())));
    }
}
