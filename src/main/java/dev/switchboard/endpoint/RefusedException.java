package dev.switchboard.endpoint;

import java.util.List;
import java.util.stream.Collectors;

/** What was asked of an endpoint or a connection was not done; nothing else was disturbed. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, as a caller would tell the cases apart. */
    public enum Kind {
        /** There is no such endpoint or connection. */
        UNKNOWN,
        /** Its state, or another's, forbids it now. */
        CONFLICT,
        /** What was given can't be understood. */
        MALFORMED,
        /** What was given is understood and makes no sense. */
        MEANINGLESS,
        /** More waits than may. */
        TOO_MUCH,
        /** What was given is larger than may be. */
        TOO_LARGE,
        /** It was done as far as it could be in time. */
        TIMED_OUT
    }

    private final Kind kind;
    private final transient List<FieldError> errors;

    private RefusedException(Kind kind, String message, List<FieldError> errors) {
        super(message);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    static RefusedException unknown(String message) {
        return new RefusedException(Kind.UNKNOWN, message, List.of());
    }

    static RefusedException conflict(String message) {
        return new RefusedException(Kind.CONFLICT, message, List.of());
    }

    static RefusedException conflict(String field, String message) {
        return new RefusedException(Kind.CONFLICT, message, List.of(new FieldError(field, message)));
    }

    static RefusedException malformed(String field, String message) {
        return new RefusedException(Kind.MALFORMED, field + ": " + message, List.of(new FieldError(field, message)));
    }

    static RefusedException meaningless(String field, String message) {
        return meaningless(List.of(new FieldError(field, message)));
    }

    static RefusedException meaningless(List<FieldError> errors) {
        String all = errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; "));
        return new RefusedException(Kind.MEANINGLESS, all, errors);
    }

    static RefusedException tooMuch(String message) {
        return new RefusedException(Kind.TOO_MUCH, message, List.of());
    }

    static RefusedException tooLarge(String field, String message) {
        return new RefusedException(Kind.TOO_LARGE, message, List.of(new FieldError(field, message)));
    }

    static RefusedException timedOut(String message) {
        return new RefusedException(Kind.TIMED_OUT, message, List.of());
    }

    public Kind kind() {
        return kind;
    }

    List<FieldError> errors() {
        return errors;
    }
}
