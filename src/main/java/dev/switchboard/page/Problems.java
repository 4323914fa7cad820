package dev.switchboard.page;

import dev.switchboard.history.HistoryUnwritableException;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Says what went wrong with a request as problem+json (RFC 9457): all that Spring finds, and what nobody expected. What
 * a room refuses it says itself. A stack trace goes to the log, never to who asked.
 */
@RestControllerAdvice
@Order(0)
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    /** @param field a parameter's name, or a field's, with dots into nested objects */
    record FieldError(String field, String message) {}

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        BodyRefusedException refused = causeOf(unreadable, BodyRefusedException.class);
        if (refused != null) {
            return told(unreadable, refused.status(), refused.getMessage(), request);
        }
        return answer(unreadable, UnreadableJson.explain(unreadable), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        Class<?> required = mismatch.getRequiredType();
        String wanted =
                required != null && Number.class.isAssignableFrom(boxed(required)) ? "a number" : "another value";
        String message = "'" + mismatch.getValue() + "' can't be read: " + wanted + " is needed";
        return answer(mismatch, List.of(new FieldError(name, message)), headers, request);
    }

    private static Class<?> boxed(Class<?> type) {
        return type == int.class ? Integer.class : type == long.class ? Long.class : type;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        List<FieldError> errors = List.of(new FieldError(missing.getParameterName(), "is missing"));
        return answer(missing, errors, headers, request);
    }

    /** What the front door finds only when it is asked for, such as control characters in a header. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> rejected(RequestRejectedException rejected, WebRequest request) {
        return told(rejected, HttpStatus.BAD_REQUEST, rejected.getMessage(), request);
    }

    /** No fault of who asks, and none of ours. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unwritable(HistoryUnwritableException unwritable, WebRequest request) {
        return told(unwritable, HttpStatus.SERVICE_UNAVAILABLE, unwritable.getMessage(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception unexpected, WebRequest request) {
        BodyRefusedException refused = causeOf(unexpected, BodyRefusedException.class);
        if (refused != null) {
            return told(unexpected, refused.status(), refused.getMessage(), request);
        }
        if (causeOf(unexpected, InvalidParameterException.class) != null) {
            return told(
                    unexpected,
                    HttpStatus.BAD_REQUEST,
                    "the parameters can't be read: write them in UTF-8, and % as %25",
                    request);
        }
        log.error("a request failed: {}", request.getDescription(false), unexpected);
        return told(
                unexpected,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong here that should not; the log says what.",
                request);
    }

    private @Nullable ResponseEntity<Object> told(
            Exception exception, HttpStatus status, @Nullable String detail, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        return handleExceptionInternal(exception, problem, new HttpHeaders(), status, request);
    }

    /** The media type is said, not negotiated: what the request accepts may be what is wrong with it. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders said = new HttpHeaders();
        said.putAll(headers);
        said.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(body, said, status);
    }

    private @Nullable ResponseEntity<Object> answer(
            Exception exception, List<FieldError> errors, HttpHeaders headers, WebRequest request) {
        StringBuilder detail = new StringBuilder();
        for (FieldError error : errors) {
            detail.append(detail.isEmpty() ? "" : "; ");
            detail.append(error.field().isEmpty() ? "" : error.field() + ": ").append(error.message());
        }
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail.toString());
        problem.setProperty(
                "errors", errors.stream().filter(e -> !e.field().isEmpty()).toList());
        return handleExceptionInternal(exception, problem, headers, HttpStatus.BAD_REQUEST, request);
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
