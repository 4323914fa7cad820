package dev.switchboard.export;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why nothing came in, or goes out, as it is told to who asked. */
final class Problem {

    private Problem() {}

    /** @param field the parameter at fault; null for the body */
    static ErrorResponseException of(HttpStatus status, @Nullable String field, @Nullable String message) {
        String sentence = String.valueOf(message);
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(status, field == null ? sentence : field + ": " + sentence);
        if (field != null) {
            problem.setProperty("errors", List.of(Map.of("field", field, "message", sentence)));
        }
        return new ErrorResponseException(status, problem, null);
    }

    /** 400: a parameter that is missing or makes no sense. */
    static ErrorResponseException badParameter(String name, String message) {
        return of(HttpStatus.BAD_REQUEST, name, message);
    }

    /** 429: as many exports as there may be. */
    static ErrorResponseException tooManyExports(int max) {
        return of(
                HttpStatus.TOO_MANY_REQUESTS,
                null,
                "There are " + max + " exports under way: wait for one of them to end.");
    }
}
