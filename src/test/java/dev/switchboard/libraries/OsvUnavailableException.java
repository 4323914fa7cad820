package dev.switchboard.libraries;

/** The data can't be had at present; the message says why. It says nothing about the libraries. */
final class OsvUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    OsvUnavailableException(String why) {
        super(why);
    }
}
