package dev.switchboard.page;

import java.io.IOException;

/** A request's body is larger than may be. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long most) {
        super("the body is larger than the " + most + " bytes that switchboard.max-request-size allows: send less");
    }
}
