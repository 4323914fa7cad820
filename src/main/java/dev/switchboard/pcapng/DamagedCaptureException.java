package dev.switchboard.pcapng;

/** A capture can't be read, or not any further; what was read of it before stands. The message is for people. */
public final class DamagedCaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long offset;

    DamagedCaptureException(long offset, String what) {
        super("at byte " + offset + ": " + what);
        this.offset = offset;
    }

    /** Where the damage is: bytes from the beginning of the file. */
    public long offset() {
        return offset;
    }
}
