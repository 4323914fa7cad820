package dev.switchboard.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document, as a test asks about it. */
record ApiDocument(JsonNode root) {

    /** One operation, and the path and method it is for. */
    record Call(String path, String method, JsonNode operation) {

        @Override
        public String toString() {
            return method.toUpperCase() + " " + path;
        }

        String id() {
            return operation.path("operationId").asString("");
        }

        Stream<JsonNode> parameters() {
            return operation.path("parameters").valueStream();
        }

        /** Answers by status. */
        Set<Map.Entry<String, JsonNode>> responses() {
            return operation.path("responses").properties();
        }
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> calls.add(new Call(path.getKey(), method.getKey(), method.getValue()))));
        return calls;
    }

    Call call(String operationId) {
        return calls().stream()
                .filter(call -> call.id().equals(operationId))
                .findFirst()
                .orElseThrow();
    }

    Set<String> schemas() {
        return new TreeSet<>(root.path("components").path("schemas").propertyNames());
    }

    /** What is wrong with {@code value}, as the schema has it; nothing when all is right. */
    List<String> violations(JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString();
            return violations(root.at(name.substring(1)), value, at);
        }
        if (schema.has("anyOf")) {
            boolean one = schema.get("anyOf")
                    .valueStream()
                    .anyMatch(choice -> violations(choice, value, at).isEmpty());
            return one ? List.of() : List.of(at + " fits no choice: " + value);
        }
        List<String> found = new ArrayList<>();
        if (schema.has("type") && !types(schema).contains(kind(value))) {
            found.add(at + " is " + kind(value) + " instead of " + types(schema));
        }
        if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
            found.add(at + " is none of the choices: " + value);
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                found.add(at + " has no " + required.asString());
            }
        }
        value.properties().forEach(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            String where = at + "." + field.getKey();
            found.addAll(
                    property.isMissingNode()
                            ? List.of(where + " is not described")
                            : violations(property, field.getValue(), where));
        });
        if (value.isArray()) {
            value.forEach(item -> found.addAll(violations(schema.path("items"), item, at + "[]")));
        }
        return found;
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        return type.isArray() ? type.valueStream().map(JsonNode::asString).toList() : List.of(type.asString());
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> value.getNodeType().name().toLowerCase();
        };
    }
}
