package dev.switchboard.framing;

/** A payload that a framing can't carry as one frame. The message says why, and the way out. */
public final class UnframeableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnframeableException(String message) {
        super(message);
    }
}
