package dev.switchboard.export;

/** The traffic of an import would mix with other traffic of that name. */
final class TakenNameException extends Exception {

    private static final long serialVersionUID = 1L;

    TakenNameException(String message) {
        super(message);
    }
}
