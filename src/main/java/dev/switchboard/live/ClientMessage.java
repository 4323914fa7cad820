package dev.switchboard.live;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.BytePattern;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.Direction;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client says on {@code /ws/live}. */
sealed interface ClientMessage {

    /** Batches up to this id were drawn. */
    record Ack(long to) implements ClientMessage {}

    /** From now on, only these messages. */
    record Filter(MessageFilter filter) implements ClientMessage {}

    /** No batches until further notice. */
    record Pause() implements ClientMessage {}

    /** Go on, with what was missed in one batch. */
    record Resume() implements ClientMessage {}

    /** What was said can't be understood; the message says why and what could have been said. */
    final class Unintelligible extends Exception {

        private static final long serialVersionUID = 1L;

        Unintelligible(String detail) {
            super(detail);
        }
    }

    /** Reads one message. */
    static ClientMessage parse(String text, JsonMapper mapper) throws Unintelligible {
        JsonNode json = json(text, mapper);
        String type = json.path("type").stringValue("");
        return switch (type) {
            case "ack" -> {
                known(json, Set.of("type", "to"));
                yield new Ack(id(json.path("to")));
            }
            case "filter" -> {
                known(json, Set.of("type", "endpoint", "connection", "direction", "contains"));
                yield new Filter(filter(json));
            }
            case "pause" -> {
                known(json, Set.of("type"));
                yield new Pause();
            }
            case "resume" -> {
                known(json, Set.of("type"));
                yield new Resume();
            }
            default -> throw new Unintelligible("type must be one of ack, filter, pause, resume");
        };
    }

    private static JsonNode json(String text, JsonMapper mapper) throws Unintelligible {
        try {
            JsonNode json = mapper.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw new Unintelligible("not a JSON object; say {\"type\": \"ack\" | \"filter\" | \"pause\" | \"resume\", …}");
    }

    private static void known(JsonNode json, Set<String> names) throws Unintelligible {
        for (String name : json.propertyNames()) {
            if (!names.contains(name)) {
                throw new Unintelligible(name + " is unknown here; known are "
                        + String.join(", ", names.stream().sorted().toList()));
            }
        }
    }

    private static long id(JsonNode json) throws Unintelligible {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        }
        try {
            return Long.parseLong(json.stringValue(""));
        } catch (NumberFormatException e) {
            throw new Unintelligible("to must be the \"to\" of a batch");
        }
    }

    private static MessageFilter filter(JsonNode json) throws Unintelligible {
        String contains = text(json, "contains");
        return new MessageFilter(
                text(json, "endpoint"),
                text(json, "connection"),
                direction(text(json, "direction")),
                null,
                contains == null ? List.of() : List.of(pattern(contains)));
    }

    private static BytePattern pattern(String contains) throws Unintelligible {
        try {
            return BytePattern.of(PayloadEncoding.TEXT.decode(contains));
        } catch (IllegalArgumentException e) {
            throw new Unintelligible("contains: " + e.getMessage());
        }
    }

    /** Null where nothing is asked for: absent, null, or an empty field of a form. */
    private static @Nullable String text(JsonNode json, String name) throws Unintelligible {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new Unintelligible(name + " must be a string or null");
        }
        return value.stringValue().isEmpty() ? null : value.stringValue();
    }

    private static @Nullable Direction direction(@Nullable String word) throws Unintelligible {
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "in" -> Direction.IN;
            case "out" -> Direction.OUT;
            default -> throw new Unintelligible("direction must be in or out, not " + word);
        };
    }
}
