package dev.switchboard.history;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * Query parameters taken strictly, since a filter that is not understood would silently show, or delete, everything.
 * What can't be taken is thrown as an {@link ErrorResponseException} (400) that names the parameter and the way out.
 */
public final class StrictParameters {

    private StrictParameters() {}

    /** Each parameter of the request is one of those known, is given once, and is not empty. */
    public static void check(HttpServletRequest request, List<String> known) {
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                String choices = known.isEmpty() ? "there are none" : "known here: " + String.join(", ", known);
                throw Problem.badParameter(name, "is not a parameter of this call; " + choices);
            }
            if (parameter.getValue().length > 1) {
                throw Problem.badParameter(name, "is given " + parameter.getValue().length + " times; give it once");
            }
            if (parameter.getValue()[0].isEmpty()) {
                throw Problem.badParameter(name, "is empty; give a value or leave it out");
            }
        }
    }

    /** The choice that {@code word} calls {@code text}, or null when none was made. */
    public static <T> @Nullable T oneOf(String name, @Nullable String text, T[] choices, Function<T, String> word) {
        if (text == null) {
            return null;
        }
        for (T choice : choices) {
            if (word.apply(choice).equals(text)) {
                return choice;
            }
        }
        String words = Arrays.stream(choices).map(word).collect(Collectors.joining(", "));
        throw Problem.badParameter(name, text + " is unknown; choose one of " + words);
    }
}
