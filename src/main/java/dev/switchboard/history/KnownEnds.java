package dev.switchboard.history;

import dev.switchboard.traffic.FrameEnds;
import org.jspecify.annotations.Nullable;

/**
 * Writes where frames end, one direction of one connection. Chunks that are cut alike share what says so, and one after
 * the other is: from the second on that is a copy (of 32 lines in a chunk, a third of what it took). Used by one
 * thread.
 */
final class KnownEnds {

    private @Nullable FrameEnds last;
    private byte @Nullable [] written;

    @SuppressWarnings("ReferenceEquality") // the very same object is meant
    void write(FrameEnds ends, Body body) {
        if (ends != last) {
            last = ends;
            written = null;
            LogFormat.write(ends, body);
            return;
        }
        if (written == null) {
            int before = body.size();
            LogFormat.write(ends, body);
            written = body.copy(before);
            return;
        }
        body.raw(written);
    }
}
