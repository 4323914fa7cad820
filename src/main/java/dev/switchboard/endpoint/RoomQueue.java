package dev.switchboard.endpoint;

import dev.switchboard.traffic.Capture;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Connections of one loop that leave their bytes in the kernel until the capture has room again. Used on the loop alone.
 */
final class RoomQueue {

    private final Set<StreamConnection> waiting = new LinkedHashSet<>();

    RoomQueue(Loop loop, Capture capture) {
        capture.whenRoom(() -> loop.execute(this::release));
    }

    void waitForRoom(StreamConnection connection) {
        waiting.add(connection);
    }

    boolean isWaiting(StreamConnection connection) {
        return waiting.contains(connection);
    }

    void forget(StreamConnection connection) {
        waiting.remove(connection);
    }

    private void release() {
        List<StreamConnection> released = List.copyOf(waiting);
        waiting.clear();
        released.forEach(StreamConnection::roomAgain);
    }
}
