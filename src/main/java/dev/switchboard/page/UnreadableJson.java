package dev.switchboard.page;

import dev.switchboard.page.Problems.FieldError;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why a body could not be read, in words for whoever wrote it. */
final class UnreadableJson {

    private UnreadableJson() {}

    static List<FieldError> explain(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown ->
                List.of(new FieldError(path(unknown), "there is no such field; " + known(unknown)));
            case MismatchedInputException mismatched ->
                List.of(new FieldError(path(mismatched), "is not of the right kind: " + wanted(mismatched)));
            case DatabindException other -> List.of(new FieldError(path(other), plain(other.getOriginalMessage())));
            case InputCoercionException tooLarge ->
                List.of(new FieldError(path(tooLarge), "is out of range: a smaller whole number is needed"));
            case StreamReadException broken -> List.of(new FieldError("", "the body is not JSON: " + where(broken)));
            case JacksonException other -> List.of(new FieldError("", plain(other.getOriginalMessage())));
            case null -> List.of(new FieldError("", "the request has no body: send JSON"));
            default -> List.of(new FieldError("", "the body can't be read"));
        };
    }

    private static String path(JacksonException exception) {
        return exception.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."));
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> ids = unknown.getKnownPropertyIds();
        if (ids == null || ids.isEmpty()) {
            return "leave it out";
        }
        return "choose from " + ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String wanted(MismatchedInputException mismatched) {
        Class<?> target = mismatched.getTargetType();
        if (target == null) {
            return "see the description of the call";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "true or false is needed";
        }
        if (Number.class.isAssignableFrom(target) || target == int.class || target == long.class) {
            return "a whole number is needed";
        }
        return target == String.class ? "a string is needed" : "an object is needed";
    }

    /** Without what is of the parser's inside: sources, and names of switches and classes, which stand in backticks. */
    private static String plain(@Nullable String message) {
        return String.valueOf(message)
                .replaceAll("(?s)^Cannot construct instance of `[^`]*`, problem: ", "")
                .replaceAll("(?s) \\([^()\\[]*\\[Source: .*", "")
                .replaceAll(", from `[^`]*`|[:,]? \\(?enable `[^`]*` to allow\\)?", "");
    }

    private static String where(StreamReadException broken) {
        String what = plain(broken.getOriginalMessage());
        return what + " (line " + broken.getLocation().getLineNr() + ", column "
                + broken.getLocation().getColumnNr() + ")";
    }
}
