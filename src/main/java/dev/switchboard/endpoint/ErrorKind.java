package dev.switchboard.endpoint;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can go wrong on an endpoint, as metrics tell it apart. */
enum ErrorKind {
    /** Its own address could not be had. */
    BIND,
    /** An attempt to connect failed. */
    CONNECT,
    /** A connection could not be accepted. */
    ACCEPT,
    /** A connection was sent away, since there were too many. */
    REFUSED,
    /** A stream could not be cut into frames. */
    FRAMING,
    /** Reading or writing failed, other than by a peer's RST. */
    IO,
    /** A connection was closed since its peer did not read; see {@link WhenFull#CLOSE}. */
    OVERFLOW,
    /** A datagram was not sent, since our sockets may not reach its destination. */
    EGRESS,
    /** No file descriptor was left, for whatever it was wanted. */
    DESCRIPTORS;

    /** This, unless the kernel's reason was that no file descriptor was left. */
    ErrorKind becauseOf(@Nullable String reason) {
        return reason != null && reason.contains("Too many open files") ? DESCRIPTORS : this;
    }

    /** The word metrics use. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
