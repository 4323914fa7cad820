package dev.switchboard.history;

import java.io.IOException;
import java.nio.file.Path;

/** A newer Switchboard wrote here. Whatever this one did with it could lose what it does not know of. */
final class NewerStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param index the file that says so
     * @param found the schema it has
     * @param known the newest that is known here
     */
    NewerStoreException(Path index, int found, int known) {
        super(
                ("%s was written by a newer Switchboard (its schema is %d, the newest known here is %d) and was left as it"
                                + " is: start that version or a later one, or set switchboard.data-dir to another folder")
                        .formatted(index, found, known));
    }
}
