package dev.switchboard.history;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What went wrong, as it is told to who asked. */
final class Problem {

    private Problem() {}

    /** 400: a parameter that can't be understood. */
    static ErrorResponseException badParameter(String name, String message) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, name + ": " + message);
        problem.setProperty("errors", List.of(Map.of("field", name, "message", message)));
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }

    /** 422: a parameter that can be understood, and makes no sense here. */
    static ErrorResponseException meaningless(String name, String message) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, name + ": " + message);
        problem.setProperty("errors", List.of(Map.of("field", name, "message", message)));
        return new ErrorResponseException(HttpStatus.UNPROCESSABLE_CONTENT, problem, null);
    }

    /** 404: a message that is not there. */
    static ErrorResponseException unknownMessage(String id) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND,
                "No message " + id + ": it never was, was deleted, or is older than what is kept.");
        return new ErrorResponseException(HttpStatus.NOT_FOUND, problem, null);
    }
}
