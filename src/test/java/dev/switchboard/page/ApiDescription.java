package dev.switchboard.page;

import static java.util.Map.entry;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.util.MimeTypeUtils;

/**
 * Adds to the generated OpenAPI document what is the same for all calls, so that the controllers need not repeat it:
 * the problems every call may answer with, what path parameters stand for, media types of bare payloads, examples, an
 * order.
 */
final class ApiDescription implements OpenApiCustomizer {

    static final String PROBLEM = "Problem";

    private static final List<String> TAGS =
            List.of("Endpoints", "Connections", "Sending", "Messages", "Events", "Stream", "History");

    /** What {@code {…}} stands for, by the first segment of the path after {@code /api}. */
    private static final Map<String, String> NAMED = Map.ofEntries(
            entry("endpoints", "Name of the endpoint"),
            entry("connections", "Id of the connection"),
            entry("messages", "Id of the message"));

    private final Map<String, Map<String, Object>> examples;

    /** @param examples by operation id and name */
    ApiDescription(Map<String, Map<String, Object>> examples) {
        this.examples = examples;
    }

    @Override
    public void customise(OpenAPI api) {
        Components components = Objects.requireNonNullElseGet(api.getComponents(), Components::new);
        components.addSchemas(PROBLEM, problem());
        components.schemas(new TreeMap<>(components.getSchemas()));
        api.components(components);
        Paths sorted = new Paths();
        new TreeMap<>(api.getPaths()).forEach(sorted::addPathItem);
        api.paths(sorted);
        sorted.forEach(this::describe);
        List<Tag> tags = Objects.requireNonNullElse(api.getTags(), List.of());
        api.tags(tags.stream()
                .sorted(Comparator.comparingInt(tag -> TAGS.indexOf(tag.getName())))
                .toList());
    }

    private void describe(String path, PathItem item) {
        item.readOperations().forEach(operation -> {
            List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
            parameters.stream()
                    .filter(parameter -> parameter.getIn().equals("path"))
                    .forEach(parameter -> parameter.description(NAMED.get(path.split("/")[2])));
            describeBody(operation);
            addProblems(path, operation);
        });
    }

    private void describeBody(Operation operation) {
        RequestBody body = operation.getRequestBody();
        if (body == null) {
            return;
        }
        body.required(true);
        Content content = body.getContent();
        replaceSchema(content, MimeTypeUtils.APPLICATION_OCTET_STREAM_VALUE, new Schema<>().format("binary"));
        replaceSchema(content, MimeTypeUtils.TEXT_PLAIN_VALUE, new Schema<>().example("PING"));
        // JSON first: it is what a reader should be shown.
        Content ordered = new Content();
        MediaType json = content.get(MimeTypeUtils.APPLICATION_JSON_VALUE);
        if (json != null) {
            examples.getOrDefault(operation.getOperationId(), Map.of())
                    .forEach((name, value) ->
                            json.addExamples(name, new Example().summary(name).value(value)));
            ordered.addMediaType(MimeTypeUtils.APPLICATION_JSON_VALUE, json);
        }
        content.forEach(ordered::putIfAbsent);
        body.content(ordered);
    }

    private static void replaceSchema(Content content, String mediaType, Schema<?> schema) {
        MediaType bare = content.get(mediaType);
        if (bare != null) {
            schema.addType("string");
            bare.schema(schema);
        }
    }

    private static void addProblems(String path, Operation operation) {
        ApiResponses responses = operation.getResponses();
        List<Parameter> parameters = Objects.requireNonNullElse(operation.getParameters(), List.of());
        boolean input = operation.getRequestBody() != null
                || parameters.stream().anyMatch(parameter -> !parameter.getIn().equals("path"));
        if (input) {
            responses.putIfAbsent("400", new ApiResponse().description("What was given can't be read"));
        }
        if (path.contains("{")) {
            responses.putIfAbsent("404", new ApiResponse().description("There is none, or none any more"));
        }
        responses.addApiResponse("default", new ApiResponse().description("Anything else that went wrong"));
        responses.forEach((status, response) -> {
            if (status.equals("default") || status.charAt(0) >= '4') {
                response.content(problemContent());
            }
        });
        ApiResponses ordered = new ApiResponses();
        new TreeMap<>(responses).forEach(ordered::addApiResponse);
        operation.responses(ordered);
    }

    private static Content problemContent() {
        return new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new MediaType().schema(new Schema<>().$ref(PROBLEM)));
    }

    private static Schema<?> problem() {
        Schema<?> error = object().addProperty(
                        "field",
                        string().description("A field or a parameter; dots lead into nested objects")
                                .example("bind"))
                .addProperty("message", string().description("What is wrong with it, and the way out"));
        error.required(List.of("field", "message"));
        Schema<?> errors = new Schema<>().items(error);
        errors.addType("array");
        Schema<?> status = new Schema<>().format("int32").example(409);
        status.addType("integer");
        return object().description("What went wrong (RFC 9457).")
                .addProperty("type", string().format("uri").example("about:blank"))
                .addProperty(
                        "title", string().description("The name of the status").example("Conflict"))
                .addProperty("status", status)
                .addProperty(
                        "detail",
                        string().description("A sentence for people")
                                .example(
                                        "bind(127.0.0.1:9001) failed: address already in use. Choose another port, or 0"
                                                + " for any free one"))
                .addProperty("instance", string().format("uri").description("The path of the request"))
                .addProperty("errors", errors.description("Where input is at fault"))
                .required(List.of("type", "title", "status", "detail"));
    }

    private static Schema<?> object() {
        Schema<?> schema = new Schema<>();
        schema.addType("object");
        return schema;
    }

    private static Schema<?> string() {
        Schema<?> schema = new Schema<>();
        schema.addType("string");
        return schema;
    }
}
