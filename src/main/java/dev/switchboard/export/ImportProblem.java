package dev.switchboard.export;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why nothing came in, as it is told to who asked. */
final class ImportProblem {

    private ImportProblem() {}

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
}
