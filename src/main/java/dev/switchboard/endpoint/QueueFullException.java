package dev.switchboard.endpoint;

import java.io.IOException;

/** More waits to be sent on a connection than may. */
final class QueueFullException extends IOException {

    private static final long serialVersionUID = 1L;

    QueueFullException(String connection, long waiting) {
        super("connection " + connection + " already has " + waiting
                + " bytes waiting to be sent: its peer does not read fast enough, or not at all");
    }
}
