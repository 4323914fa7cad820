package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.framing.FramingDefinition;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of an endpoint in the configuration, of which the annotation processor knows nothing. */
class DeclaredEndpointsTest {

    private static final String EACH = "switchboard.endpoints[].";
    private static final Set<String> LATER = Set.of("tls", "multicast", "broadcast", "socket-options");

    @Test
    void theMetadataHasEveryFieldOfADefinition() throws Exception {
        Set<String> expected = Stream.concat(
                        fields(EndpointDefinition.class).stream()
                                .filter(field -> !LATER.contains(field) && !field.equals("framing")),
                        fields(FramingDefinition.class).stream().map(field -> "framing." + field))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described()).isEqualTo(expected);
    }

    private static Set<String> described() throws Exception {
        try (InputStream in =
                EndpointDefinition.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            Set<String> names = new TreeSet<>();
            for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                String name = property.path("name").asString();
                if (name.startsWith(EACH)) {
                    names.add(name.substring(EACH.length()));
                }
            }
            return names;
        }
    }

    private static List<String> fields(Class<?> definition) {
        return Stream.of(definition.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase())
                .toList();
    }
}
