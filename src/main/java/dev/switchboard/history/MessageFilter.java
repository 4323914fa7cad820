package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which frames are meant; every condition must hold. Immutable.
 *
 * @param endpoint name of the endpoint, or null for all
 * @param connection id of the connection, or null for all
 * @param direction null for both
 * @param origin null for all
 * @param contains each of these is in the payload; framing is not searched
 * @param since nanoseconds since the Unix epoch, inclusive; {@link Long#MIN_VALUE} for no bound
 * @param until nanoseconds since the Unix epoch, exclusive; {@link Long#MAX_VALUE} for no bound
 */
public record MessageFilter(
        @Nullable String endpoint,
        @Nullable String connection,
        @Nullable Direction direction,
        @Nullable Origin origin,
        List<BytePattern> contains,
        long since,
        long until) {

    /** Every frame. */
    public static final MessageFilter ALL = new MessageFilter(null, null, null, null, List.of());

    public MessageFilter {
        contains = List.copyOf(contains);
    }

    /** Of all times. */
    public MessageFilter(
            @Nullable String endpoint,
            @Nullable String connection,
            @Nullable Direction direction,
            @Nullable Origin origin,
            List<BytePattern> contains) {
        this(endpoint, connection, direction, origin, contains, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether the frame is meant. */
    public boolean matches(Frame frame) {
        return during(frame.at())
                && (endpoint == null || endpoint.equals(frame.connection().endpoint()))
                && (connection == null || connection.equals(frame.connection().id()))
                && (direction == null || direction == frame.direction())
                && matchesWithin(frame);
    }

    /**
     * Whether frames of {@code event} may be meant, by what they have in common. If so, {@link #matchesWithin} decides
     * on each of them.
     */
    public boolean admits(TrafficEvent event) {
        if (!during(event.at()) || (endpoint != null && !endpoint.equals(event.endpoint()))) {
            return false;
        }
        return switch (event) {
            case Chunk chunk ->
                (connection == null || connection.equals(chunk.connection().id()))
                        && (direction == null || direction == chunk.direction());
            case Unfinished rest ->
                (connection == null || connection.equals(rest.connection().id()))
                        && (direction == null || direction == rest.direction());
            case LifeCycle lifeCycle -> false;
            case Gap gap -> false;
        };
    }

    /** The conditions that differ from frame to frame of an event which {@link #admits} let pass. */
    public boolean matchesWithin(Frame frame) {
        if (origin != null && origin != frame.origin()) {
            return false;
        }
        for (BytePattern pattern : contains) {
            if (!pattern.foundIn(frame.array(), frame.from(), frame.to())) {
                return false;
            }
        }
        return true;
    }

    /** Whether all frames of an event match once {@link #admits} let it pass. */
    public boolean wholesale() {
        return origin == null && contains.isEmpty();
    }

    /** Whether payloads have to be looked into, which takes its time. */
    boolean searches() {
        return !contains.isEmpty();
    }

    private boolean during(long at) {
        return at >= since && at < until;
    }
}
