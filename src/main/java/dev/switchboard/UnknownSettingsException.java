package dev.switchboard;

import java.util.List;

/** The configuration has properties under {@code switchboard.} that are none, or is in a file that can't be read. */
final class UnknownSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentences one for each */
    UnknownSettingsException(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
