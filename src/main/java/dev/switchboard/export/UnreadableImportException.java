package dev.switchboard.export;

/** What came can't be taken in, and nothing of it was. The message says where, and the way out. */
final class UnreadableImportException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableImportException(String message) {
        super(message);
    }
}
