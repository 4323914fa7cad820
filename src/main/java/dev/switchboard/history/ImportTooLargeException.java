package dev.switchboard.history;

/** All imports together would take more than half of what history may keep. The message names the way out. */
public final class ImportTooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    ImportTooLargeException(long bound) {
        super("imports together may take " + bound
                + " bytes (half of switchboard.history.max-bytes, and no more than the heap has room for), and this"
                + " one does not fit: import less of it, forget an earlier import (DELETE /api/messages?endpoint=…), or"
                + " allow more");
    }
}
