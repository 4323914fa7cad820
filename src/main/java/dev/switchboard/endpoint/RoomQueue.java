package dev.switchboard.endpoint;

import dev.switchboard.traffic.Capture;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Streams of one loop that leave their bytes in the kernel until the capture has room again. Used on the loop alone.
 */
final class RoomQueue {

    private final Set<Stream> waiting = new LinkedHashSet<>();

    RoomQueue(Loop loop, Capture capture) {
        capture.whenRoom(() -> loop.execute(this::release));
    }

    void waitForRoom(Stream stream) {
        waiting.add(stream);
    }

    boolean isWaiting(Stream stream) {
        return waiting.contains(stream);
    }

    void forget(Stream stream) {
        waiting.remove(stream);
    }

    private void release() {
        List<Stream> released = List.copyOf(waiting);
        waiting.clear();
        released.forEach(Stream::roomAgain);
    }
}
