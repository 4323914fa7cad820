package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of events in the order of capture, with what is needed to pass over it without looking inside. Nothing in
 * it changes: {@code events} may be longer than {@code size} and be written to beyond it.
 *
 * @param size how many of {@code events} belong to it, at least 1
 * @param tally what they add up to
 * @param index null as long as the stretch is still growing; then every event is looked at
 */
record Segment(
        TrafficEvent[] events,
        int size,
        Tally tally,
        @Nullable Index index) {

    /** What events add up to. */
    record Tally(long cost, long frames, int lifeCycles, int gaps) {

        static final Tally NONE = new Tally(0, 0, 0, 0);

        Tally plus(TrafficEvent event) {
            return new Tally(
                    cost + Segment.cost(event),
                    frames + event.frames(),
                    lifeCycles + (event instanceof LifeCycle ? 1 : 0),
                    gaps + (event instanceof Gap ? 1 : 0));
        }
    }

    /** Who occurs in a segment. */
    record Index(Set<String> endpoints, Set<String> connections) {}

    /** Objects, heads of arrays, references: what a record costs beside its bytes, roughly. */
    private static final int RECORD = 192;

    private static final int FRAME = 12;

    /** What keeping an event costs in bytes of heap, roughly. */
    static long cost(TrafficEvent event) {
        long text = event instanceof LifeCycle lifeCycle ? lifeCycle.detail().length() : 0;
        return RECORD + FRAME * (long) event.frames() + event.weight() + text;
    }

    /** A segment of all of {@code events}, which will not grow and can be passed over by its index. */
    static Segment sealed(TrafficEvent[] events) {
        Tally tally = Tally.NONE;
        for (TrafficEvent event : events) {
            tally = tally.plus(event);
        }
        return sealed(events, tally);
    }

    /** As {@link #sealed(TrafficEvent[])}, where it is known what they add up to. */
    @SuppressWarnings("ReferenceEquality") // one object a connection, so this is the short way past most events
    static Segment sealed(TrafficEvent[] events, Tally tally) {
        Set<String> endpoints = new HashSet<>();
        Set<String> connections = new HashSet<>();
        ConnectionKey last = null;
        for (TrafficEvent event : events) {
            ConnectionKey connection = connection(event);
            if (connection == null) {
                endpoints.add(event.endpoint());
            } else if (connection != last) {
                last = connection;
                endpoints.add(connection.endpoint());
                connections.add(connection.id());
            }
        }
        return new Segment(events, events.length, tally, new Index(Set.copyOf(endpoints), Set.copyOf(connections)));
    }

    private static @Nullable ConnectionKey connection(TrafficEvent event) {
        return switch (event) {
            case Chunk chunk -> chunk.connection();
            case Unfinished rest -> rest.connection();
            case LifeCycle lifeCycle -> lifeCycle.connection();
            case Gap gap -> null;
        };
    }

    long firstId() {
        return events[0].id();
    }

    long lastId() {
        return events[size - 1].lastId();
    }

    long firstAt() {
        return events[0].at();
    }

    long lastAt() {
        return events[size - 1].at();
    }

    /** False only if nothing in it can be meant. */
    boolean mayHold(MessageFilter filter) {
        return mayHold(filter.endpoint(), filter.connection(), filter.since(), filter.until());
    }

    /** False only if nothing in it can be meant. */
    boolean mayHold(EventFilter filter) {
        return tally.lifeCycles > 0 && mayHold(filter.endpoint(), filter.connection(), filter.since(), filter.until());
    }

    private boolean mayHold(@Nullable String endpoint, @Nullable String connection, long since, long until) {
        return lastAt() >= since
                && firstAt() < until
                && (index == null
                        || ((endpoint == null || index.endpoints.contains(endpoint))
                                && (connection == null || index.connections.contains(connection))));
    }

    /** Place of the last event that begins at or before {@code id}; -1 when all begin after it. */
    int floor(long id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (events[middle].id() <= id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
