package dev.switchboard.history;

/** There is no room for an import, in bytes or in ids. The message names the way out. */
public final class ImportTooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    private ImportTooLargeException(String message) {
        super(message);
    }

    /** There were as many imports as can be told apart. */
    static ImportTooLargeException inNumber(int most) {
        return new ImportTooLargeException(
                "history has taken in " + most + " files and has no ids for more: forget the"
                        + " last ones (DELETE /api/messages?endpoint=…) and start again, or choose another switchboard.data-dir");
    }

    /** All imports together would take more than half of what history may keep. */
    static ImportTooLargeException inBytes(long bound) {
        return new ImportTooLargeException("imports together may take " + bound
                + " bytes (half of switchboard.history.max-bytes, and no more than the heap has room for), and this"
                + " one does not fit: import less of it, forget an earlier import (DELETE /api/messages?endpoint=…), or"
                + " allow more");
    }
}
