package dev.switchboard.endpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What waits to be sent, by endpoint. Looked up in one walk over all connections and kept for a moment, since whoever
 * asks for one endpoint is about to ask for all the others. Any thread.
 */
final class SendQueues {

    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();
    private static final Waiting NOTHING = new Waiting(0, 0);

    private final Endpoints endpoints;
    private final ConnectionRegistry connections;
    private Map<String, Waiting> known = Map.of();
    private long knownSince = System.nanoTime() - FRESH_NANOS;

    private record Waiting(long bytes, long longest) {

        private Waiting and(long more) {
            return new Waiting(bytes + more, Math.max(longest, more));
        }
    }

    SendQueues(Endpoints endpoints, ConnectionRegistry connections) {
        this.endpoints = endpoints;
        this.connections = connections;
    }

    /** On all connections of the endpoint, in bytes. */
    long waiting(String endpoint) {
        return of(endpoint).bytes();
    }

    /** On that of its connections on which most waits. */
    long longest(String endpoint) {
        return of(endpoint).longest();
    }

    private synchronized Waiting of(String endpoint) {
        if (System.nanoTime() - knownSince >= FRESH_NANOS) {
            known = look();
            knownSince = System.nanoTime();
        }
        // Where an endpoint's connections share one socket they have nothing waiting themselves.
        long shared = endpoints.find(endpoint).map(Endpoint::waiting).orElse(0L);
        Waiting waiting = known.getOrDefault(endpoint, NOTHING);
        return shared == 0 ? waiting : waiting.and(shared);
    }

    private Map<String, Waiting> look() {
        Map<String, Waiting> found = new HashMap<>();
        connections.forEachOpen(connection -> {
            long bytes = connection.waiting();
            if (bytes > 0) {
                found.merge(connection.key().endpoint(), NOTHING.and(bytes), (before, one) -> before.and(one.bytes()));
            }
        });
        return found;
    }
}
