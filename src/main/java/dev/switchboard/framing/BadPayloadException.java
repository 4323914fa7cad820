package dev.switchboard.framing;

/** Text that can't be turned into payload bytes. The message says where, what was found, and what could stand there. */
public final class BadPayloadException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    BadPayloadException(int position, String message) {
        super(message);
        this.position = position;
    }

    /** Where in the text: an index of a {@code char}, 0 is the first. */
    public int position() {
        return position;
    }
}
