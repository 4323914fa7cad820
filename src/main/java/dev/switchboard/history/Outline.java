package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stretch of events without looking inside. Immutable.
 *
 * @param firstId the first id of its first event
 * @param lastId the last id of its last event
 * @param firstAt the earliest time in it
 * @param lastAt the latest time in it
 * @param index null as long as the stretch is still growing; then every event is looked at
 */
record Outline(
        long firstId,
        long lastId,
        long firstAt,
        long lastAt,
        Tally tally,
        @Nullable Index index) {

    /**
     * What events add up to.
     *
     * @param cost in the measure that bounds the store: bytes of heap or of disk
     */
    record Tally(long cost, long frames, int lifeCycles, int gaps) {

        static final Tally NONE = new Tally(0, 0, 0, 0);

        Tally plus(TrafficEvent event, long itsCost) {
            return new Tally(
                    cost + itsCost,
                    frames + event.frames(),
                    lifeCycles + (event instanceof LifeCycle ? 1 : 0),
                    gaps + (event instanceof Gap ? 1 : 0));
        }
    }

    /**
     * Who occurs in a stretch.
     *
     * @param endpoints with what their messages add up to
     * @param connections hashes of their ids ({@link #hash}), ascending: who is not among them is not there
     */
    record Index(Map<String, Sums> endpoints, int[] connections) {

        /** One object a connection, so comparing that is the short way past most events. */
        @SuppressWarnings("ReferenceEquality")
        static Index of(TrafficEvent[] events) {
            Map<String, SumsBuilder> endpoints = new HashMap<>();
            int[] hashes = new int[events.length];
            int size = 0;
            ConnectionKey last = null;
            SumsBuilder sums = new SumsBuilder();
            for (TrafficEvent event : events) {
                ConnectionKey connection = connection(event);
                if (connection == null) {
                    last = null;
                    sums = endpoints.computeIfAbsent(event.endpoint(), any -> new SumsBuilder());
                } else if (connection != last) {
                    last = connection;
                    sums = endpoints.computeIfAbsent(connection.endpoint(), any -> new SumsBuilder());
                    hashes[size++] = hash(connection.id());
                }
                sums.add(event);
            }
            Map<String, Sums> added = new HashMap<>();
            endpoints.forEach((endpoint, builder) -> added.put(endpoint, builder.build()));
            return new Index(
                    Map.copyOf(added),
                    Arrays.stream(hashes, 0, size).sorted().distinct().toArray());
        }

        private static @Nullable ConnectionKey connection(TrafficEvent event) {
            return switch (event) {
                case Chunk chunk -> chunk.connection();
                case Unfinished rest -> rest.connection();
                case LifeCycle lifeCycle -> lifeCycle.connection();
                case Gap gap -> null;
            };
        }

        /** Of one endpoint, or of all where it is null. */
        Sums sums(@Nullable String endpoint) {
            if (endpoint != null) {
                return endpoints.getOrDefault(endpoint, Sums.NONE);
            }
            Sums all = Sums.NONE;
            for (Sums sums : endpoints.values()) {
                all = all.plus(sums);
            }
            return all;
        }

        private boolean mayHold(String connection) {
            return Arrays.binarySearch(connections, hash(connection)) >= 0;
        }
    }

    /** Spreads what tells ids apart, which is mostly in their last characters, over all bits. */
    static int hash(String connection) {
        int hash = connection.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    /** Of events that will not change, and can be passed over by their index. */
    static Outline of(TrafficEvent[] events, Tally tally) {
        long firstAt = Long.MAX_VALUE;
        long lastAt = Long.MIN_VALUE;
        for (TrafficEvent event : events) {
            firstAt = Math.min(firstAt, event.at());
            lastAt = Math.max(lastAt, event.at());
        }
        return new Outline(
                events[0].id(), events[events.length - 1].lastId(), firstAt, lastAt, tally, Index.of(events));
    }

    /** False only if nothing in it can be meant. */
    boolean mayHold(MessageFilter filter) {
        return mayHold(filter.endpoint(), filter.connection(), filter.since(), filter.until());
    }

    /** False only if nothing in it can be meant. */
    boolean mayHold(EventFilter filter) {
        return tally.lifeCycles > 0 && mayHold(filter.endpoint(), filter.connection(), filter.since(), filter.until());
    }

    /**
     * False only if nothing in it can be meant, nor is of interest to who reads what is meant: gaps are of an endpoint,
     * so those where a connection was silent may have been its own.
     */
    boolean mayConcern(MessageFilter filter) {
        return mayHold(filter) || (tally.gaps > 0 && mayHold(filter.endpoint(), null, filter.since(), filter.until()));
    }

    private boolean mayHold(@Nullable String endpoint, @Nullable String connection, long since, long until) {
        return lastAt >= since
                && firstAt < until
                && (index == null
                        || ((endpoint == null || index.endpoints.containsKey(endpoint))
                                && (connection == null || index.mayHold(connection))));
    }
}
