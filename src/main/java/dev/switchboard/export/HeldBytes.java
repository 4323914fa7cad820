package dev.switchboard.export;

/** Bytes that one import holds on to, and their bound. Used by one thread. */
final class HeldBytes {

    private final long most;
    private long now;

    HeldBytes(long most) {
        this.most = most;
    }

    void add(long bytes) {
        now += bytes;
    }

    /** Whether something has to go. */
    boolean spent() {
        return now > most;
    }
}
