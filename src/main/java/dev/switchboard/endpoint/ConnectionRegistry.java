package dev.switchboard.endpoint;

import dev.switchboard.traffic.Capture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All open connections, and the newest of the closed ones. Any thread.
 *
 * <p>Spring Integration's factories know theirs too, but looking one up there walks over all of them under a lock.
 */
final class ConnectionRegistry {

    private final String epoch;
    private final int closedKept;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, OpenConnection> open = new ConcurrentHashMap<>();
    private final List<Consumer<Connection>> listeners = new CopyOnWriteArrayList<>();
    /** Oldest first; guarded by itself, with the map beside it. */
    private final Deque<Connection> closed = new ArrayDeque<>();

    private final Map<String, Connection> closedById = new HashMap<>();

    /** @param closedKept how many closed connections are remembered */
    ConnectionRegistry(Capture capture, int closedKept) {
        this.epoch = capture.epoch();
        this.closedKept = closedKept;
    }

    /** Takes a place among the accepted TCP connections of all endpoints; false when there is none. */
    boolean takePlace(int places) {
        if (taken.incrementAndGet() > places) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    void giveBackPlace() {
        taken.decrementAndGet();
    }

    /** The next number of a connection. */
    long nextSequence() {
        return sequence.incrementAndGet();
    }

    /** The id of the connection with that number: unique over restarts. */
    String id(long number) {
        return epoch + "-" + number;
    }

    /** The number in an id of this run of the process. */
    OptionalLong sequence(String id) {
        String prefix = epoch + "-";
        if (!id.startsWith(prefix) || !id.substring(prefix.length()).matches("\\d{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(id.substring(prefix.length())));
    }

    void opened(OpenConnection connection) {
        open.put(connection.key().id(), connection);
    }

    /** Has {@code listener} called for each connection that closes, on its loop; it must not block. */
    void whenClosed(Consumer<Connection> listener) {
        listeners.add(listener);
    }

    void closed(OpenConnection connection) {
        Connection last = connection.known();
        synchronized (closed) {
            closed.addLast(last);
            closedById.put(last.key().id(), last);
            if (closed.size() > closedKept) {
                closedById.remove(closed.removeFirst().key().id());
            }
        }
        open.remove(last.key().id());
        listeners.forEach(listener -> listener.accept(last));
    }

    Optional<OpenConnection> open(String id) {
        return Optional.ofNullable(open.get(id));
    }

    void forEachOpen(Consumer<OpenConnection> action) {
        open.values().forEach(action);
    }

    List<OpenConnection> openOf(String endpoint) {
        return open.values().stream()
                .filter(connection -> connection.key().endpoint().equals(endpoint))
                .sorted(Comparator.comparingLong(OpenConnection::sequence))
                .toList();
    }

    Optional<Connection> find(String id) {
        OpenConnection found = open.get(id);
        if (found != null) {
            return Optional.of(found.known());
        }
        synchronized (closed) {
            return Optional.ofNullable(closedById.get(id));
        }
    }

    /** Those that match and were opened before number {@code before}, newest first. */
    List<Connection> list(Predicate<Connection> matches, long before, int limit) {
        Map<String, Connection> all = new HashMap<>();
        // Open ones first: one that closes meanwhile is seen open or closed, and in any case once.
        for (OpenConnection connection : open.values()) {
            all.put(connection.key().id(), connection.known());
        }
        synchronized (closed) {
            closed.forEach(connection -> all.put(connection.key().id(), connection));
        }
        List<Connection> found = new ArrayList<>(all.values());
        found.removeIf(connection -> connection.sequence() >= before || !matches.test(connection));
        found.sort(Comparator.comparingLong(Connection::sequence).reversed());
        return found.size() > limit ? found.subList(0, limit) : found;
    }
}
