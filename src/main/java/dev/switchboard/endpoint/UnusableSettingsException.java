package dev.switchboard.endpoint;

/** What the process was given to start with makes no sense; the message says what and the way out. */
final class UnusableSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
