package dev.switchboard.page;

import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in the schema of a record what its components say: one that is {@code @Nullable} may be null, any other is
 * always there. Called by the thread that generates the OpenAPI document.
 */
final class RecordSchemas implements ModelConverter {

    private static final String PREFIX = "#/components/schemas/";
    private static final String NULL = "null";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> raw =
                TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
        if (resolved != null && raw.isRecord()) {
            Schema<?> defined = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(resolved.get$ref().replace(PREFIX, ""));
            if (defined != null && defined.getProperties() != null) {
                describe(raw.getRecordComponents(), defined);
            }
        }
        return resolved;
    }

    private static void describe(RecordComponent[] components, Schema<?> schema) {
        @SuppressWarnings("rawtypes")
        Map<String, Schema> properties = schema.getProperties();
        for (RecordComponent component : components) {
            Schema<?> property = properties.get(component.getName());
            if (property == null) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(component.getName());
            if (nullable && !required) {
                properties.put(component.getName(), orNull(property));
            } else if (!required) {
                schema.addRequiredItem(component.getName());
            }
        }
    }

    private static <T> Schema<T> orNull(Schema<T> property) {
        if (property.get$ref() != null) {
            Schema<?> none = new Schema<>();
            none.addType(NULL);
            return new Schema<T>()
                    .anyOf(List.of(new Schema<>().$ref(property.get$ref()), none))
                    .description(property.getDescription());
        }
        Set<String> types = property.getTypes();
        if (types != null && !types.contains(NULL)) {
            Set<String> more = new LinkedHashSet<>(types);
            more.add(NULL);
            property.setTypes(more);
            if (property.getEnum() != null) {
                // What was resolved can't be added to.
                List<T> choices = new ArrayList<>(property.getEnum());
                choices.add(null);
                property.setEnum(choices);
            }
        }
        return property;
    }
}
