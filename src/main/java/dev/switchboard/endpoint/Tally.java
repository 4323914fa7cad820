package dev.switchboard.endpoint;

/**
 * What crossed one connection. One thread writes, the connection's loop; any thread reads. {@code volatile} without
 * atomic updates is enough for that, and costs a fraction of a {@code LongAdder}'s memory.
 */
final class Tally {

    private final Counters endpoint;

    private volatile long framesIn;
    private volatile long framesOut;
    private volatile long bytesIn;
    private volatile long bytesOut;
    private volatile long lastActivityAt;

    Tally(Counters endpoint, long openedAt) {
        this.endpoint = endpoint;
        this.lastActivityAt = openedAt;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void in(int bytes, int frames, long at) {
        bytesIn += bytes;
        framesIn += frames;
        lastActivityAt = at;
        endpoint.bytesIn.add(bytes);
        endpoint.framesIn.add(frames);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void out(int bytes, int frames, long at) {
        bytesOut += bytes;
        framesOut += frames;
        lastActivityAt = at;
        endpoint.bytesOut.add(bytes);
        endpoint.framesOut.add(frames);
    }

    long framesIn() {
        return framesIn;
    }

    long framesOut() {
        return framesOut;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    long lastActivityAt() {
        return lastActivityAt;
    }
}
