package dev.switchboard.history;

import org.jspecify.annotations.Nullable;

/** Nothing can be written into history at present, and nothing was. The message says why. */
public final class HistoryUnwritableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param why a sentence without a full stop */
    HistoryUnwritableException(String why, @Nullable Throwable cause) {
        super(why + "; GET /api/history tells when that is over", cause);
    }
}
