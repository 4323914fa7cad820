package dev.switchboard.page;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The body of a request, for as long as it keeps to the bounds; then an exception comes out of it. Used by the one
 * thread that handles the request.
 */
final class RequestBody extends ServletInputStream {

    private final ServletInputStream body;
    private final BodyBounds bounds;
    private final LongSupplier nanoTime;
    private final long begun;
    private long read;

    /** @param nanoTime as {@link System#nanoTime()} */
    RequestBody(ServletInputStream body, BodyBounds bounds, LongSupplier nanoTime) {
        this.body = body;
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        int value = body.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = body.read(target, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int more) throws BodyRefusedException {
        read += more;
        bounds.count(read, more, Duration.ofNanos(nanoTime.getAsLong() - begun));
    }

    /** Nothing of it is held any more. */
    void release() {
        bounds.release(read);
        read = 0;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }
}
