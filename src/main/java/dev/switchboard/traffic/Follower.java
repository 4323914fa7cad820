package dev.switchboard.traffic;

import java.time.Duration;

/**
 * A place in the {@link Capture} from which one thread reads on. Whoever made it closes it; {@link #close()} may be
 * called by any thread and ends a wait.
 */
public final class Follower implements AutoCloseable {

    private final Capture capture;

    /** Guarded by the capture's lock: position of the next record to read, and the frames appended before it. */
    long position;

    long frames;
    boolean closed;

    Follower(Capture capture, long position, long frames) {
        this.capture = capture;
        this.position = position;
        this.frames = frames;
    }

    /**
     * What came since the last call.
     *
     * @param max how many records at the most, at least 1
     * @param linger once something is there, how long to gather more before returning it, so that a busy capture wakes
     *     its readers a few times a second and not for each record; {@link Capture#hurry()} cuts it short
     * @param patience how long to wait for the first; an empty batch when nothing came
     */
    public Batch next(int max, Duration linger, Duration patience) throws InterruptedException {
        return capture.next(this, max, linger, patience);
    }

    /**
     * Waits until there is something to read, or it is closed.
     *
     * @return false when there is nothing after {@code patience}
     */
    public boolean await(Duration patience) throws InterruptedException {
        return capture.await(this, patience);
    }

    /** Passes over what was captured up to {@code id}, which its owner has from elsewhere. Not for the keeper. */
    public void skip(long id) {
        capture.skip(this, id);
    }

    @Override
    public void close() {
        capture.close(this);
    }
}
