package dev.switchboard.page;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds on the bodies of requests: how large and how slow one may be, and how much all may hold. Any thread may call.
 */
final class BodyBounds {

    /** How long a body may come as it likes: a connection may begin slowly, or stop for a moment. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final long most;
    private final long slowest;
    private final long together;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param most bytes of one
     * @param slowest bytes a second, on average and after {@link #GRACE}; 0 if any rate will do
     * @param together bytes of all that have not been released
     */
    BodyBounds(long most, long slowest, long together) {
        this.most = most;
        this.slowest = slowest;
        this.together = together;
    }

    /** For bodies that are used up as they come, and so hold nothing. */
    BodyBounds streamed() {
        return new BodyBounds(Long.MAX_VALUE, slowest, Long.MAX_VALUE);
    }

    /** To be asked before a body is read whose length is known. */
    void checkLength(long bytes) throws BodyRefusedException {
        if (bytes > most) {
            throw BodyRefusedException.tooLarge(most);
        }
    }

    /**
     * Counts bytes of a body that have come; they are held until they are released, refused or not.
     *
     * @param read all of this body, {@code more} included
     * @param taken since the body began
     */
    void count(long read, int more, Duration taken) throws BodyRefusedException {
        boolean full = held.addAndGet(more) > together;
        checkLength(read);
        double late = taken.minus(GRACE).toNanos() / 1e9;
        if (more > 0 && late > 0 && read < slowest * late) {
            throw BodyRefusedException.tooSlow(slowest);
        }
        if (full) {
            throw BodyRefusedException.tooMany(together);
        }
    }

    /** Nothing of a body is held any more. */
    void release(long read) {
        held.addAndGet(-read);
    }
}
