package dev.switchboard.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens on a TCP connection when more waits to be sent than may, since its peer does not read. */
public enum WhenFull {

    /** Nothing more is read from the peer that does not read; what others want to send is refused. */
    PAUSE_READING,

    /** What comes last is thrown away, and counted. */
    DROP_NEWEST,

    /** The connection is ended. */
    CLOSE;

    /** The word the API uses, such as {@code pause-reading}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<WhenFull> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
