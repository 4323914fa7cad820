package dev.switchboard.page;

import java.io.IOException;
import org.springframework.http.HttpStatus;

/** A request's body goes beyond a bound. The message names it. */
final class BodyRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    private BodyRefusedException(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    static BodyRefusedException tooLarge(long most) {
        return new BodyRefusedException(
                HttpStatus.CONTENT_TOO_LARGE,
                "the body is larger than the " + most + " bytes that switchboard.max-request-size allows: send less");
    }

    static BodyRefusedException tooSlow(long perSecond) {
        return new BodyRefusedException(
                HttpStatus.REQUEST_TIMEOUT,
                "the body came with less than the " + perSecond
                        + " bytes a second that switchboard.min-request-rate asks for: send faster, or set it to 0");
    }

    static BodyRefusedException tooMany(long most) {
        return new BodyRefusedException(
                HttpStatus.TOO_MANY_REQUESTS,
                "the bodies of all requests under way take more than the " + most
                        + " bytes there is room for: send again once others have ended");
    }

    HttpStatus status() {
        return status;
    }
}
