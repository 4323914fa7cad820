package dev.switchboard.export;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What went wrong, as it is told to who asked. */
final class Problem {

    private Problem() {}

    /** 400: a parameter that is missing or makes no sense. */
    static ErrorResponseException badParameter(String name, String message) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, name + ": " + message);
        problem.setProperty("errors", List.of(Map.of("field", name, "message", message)));
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }

    /** 429: as many exports as there may be. */
    static ErrorResponseException tooManyExports(int max) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.TOO_MANY_REQUESTS, "There are " + max + " exports under way: wait for one of them to end.");
        return new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS, problem, null);
    }
}
