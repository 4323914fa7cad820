package dev.switchboard.framing;

/** A framing that makes no sense as it is written. The message names the field and the way out. */
public final class BadFramingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    BadFramingException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The field at fault: {@code type}, {@code delimiter}, {@code bytes} or {@code size}. */
    public String field() {
        return field;
    }
}
