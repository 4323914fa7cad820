package dev.switchboard.history;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parameters that say which page of a list is meant. */
record PageQuery(
        @Parameter(
                description = "How many at the most.",
                schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
        @Nullable
        String limit,

        @Parameter(description = "The `next` of the page before; without it, the newest page.") @Nullable
        String before) {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 100;

    int size() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= MAX_LIMIT) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what is out of range.
        }
        throw Problem.badParameter("limit", limit + " is not a number from 1 to " + MAX_LIMIT);
    }

    /** Only what has an id greater than this. */
    long after(String after) {
        if (before != null) {
            throw Problem.badParameter("after", "does not go with before; give one of them");
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw Problem.badParameter("after", after + " is not the \"newer\" of a page");
        }
    }

    /** Only what has an id less than this. */
    long bound() {
        if (before == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(before);
        } catch (NumberFormatException e) {
            throw Problem.badParameter("before", before + " is not the \"next\" of a page");
        }
    }
}
