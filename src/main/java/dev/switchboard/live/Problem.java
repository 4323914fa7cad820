package dev.switchboard.live;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What went wrong, as it is told to who asked. */
final class Problem {

    private Problem() {}

    /** 400: a header that can't be understood. */
    static ErrorResponseException badHeader(String name, String message) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, name + ": " + message);
        problem.setProperty("errors", List.of(Map.of("field", name, "message", message)));
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }

    /** 429: as many streams as there may be. */
    static ErrorResponseException tooManyStreams(int max) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.TOO_MANY_REQUESTS,
                "There are " + max + " streams already: end one of them, or raise switchboard.live.max-streams.");
        return new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS, problem, null);
    }
}
