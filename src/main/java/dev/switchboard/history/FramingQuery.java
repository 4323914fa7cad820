package dev.switchboard.history;

import dev.switchboard.framing.BadFramingException;
import dev.switchboard.framing.Framing;
import dev.switchboard.framing.FramingDefinition;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parameters that say which framing to lay over the past of a connection. */
record FramingQuery(
        @Parameter(
                description = "Cut the bytes of one `connection` anew by this framing.",
                schema =
                        @Schema(
                                allowableValues = {
                                    "raw",
                                    "lf",
                                    "crlf",
                                    "nul",
                                    "delimiter",
                                    "stx-etx",
                                    "length",
                                    "fixed",
                                    "json"
                                }))
        @Nullable
        String framing,

        @Parameter(description = "Only with `framing=delimiter`: the 1 to 64 bytes that end a frame, in escaped form.")
        @Nullable
        String delimiter,

        @Parameter(
                description = "Only with `framing=length`: how many bytes the length has, 1, 2 or 4.",
                schema = @Schema(type = "integer"))
        @Nullable
        String bytes,

        @Parameter(
                description = "Only with `framing=fixed`: how many bytes each frame has.",
                schema = @Schema(type = "integer", minimum = "1"))
        @Nullable
        String size) {

    /**
     * The framing; null where none is asked for.
     *
     * @param after what the page should come after, which framing can't do
     * @throws org.springframework.web.ErrorResponseException (400) for what can't be understood
     */
    @Nullable
    Framing framing(FilterQuery filter, @Nullable String after) {
        if (framing == null) {
            refuse("delimiter", delimiter);
            refuse("bytes", bytes);
            refuse("size", size);
            return null;
        }
        if (filter.connection() == null) {
            throw Problem.badParameter(
                    "framing", "is laid over the bytes of one connection; say which one with connection=");
        }
        if (after != null) {
            throw Problem.badParameter("after", "does not go with framing; begin with the newest page");
        }
        try {
            Framing asked =
                    new FramingDefinition(framing, delimiter, number("bytes", bytes), number("size", size)).framing();
            asked.decoder(Reframing.MAX_FRAME);
            return asked;
        } catch (BadFramingException e) {
            String field = e.field().equals("type") ? "framing" : e.field();
            throw Problem.badParameter(field, String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(String name, @Nullable String value) {
        if (value != null) {
            throw Problem.badParameter(name, "is a part of framing; give framing, too, or leave it out");
        }
    }

    private static @Nullable Integer number(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw Problem.badParameter(name, text + " is not a whole number");
        }
    }
}
