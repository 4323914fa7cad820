package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

class FramingDefinitionTest {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"raw\"}",
                "{\"type\":\"lf\"}",
                "{\"type\":\"crlf\"}",
                "{\"type\":\"nul\"}",
                "{\"type\":\"delimiter\",\"delimiter\":\"\\\\r\\\\n.\\\\xff\"}",
                "{\"type\":\"stx-etx\"}",
                "{\"type\":\"length\",\"bytes\":2}",
                "{\"type\":\"fixed\",\"size\":12}",
                "{\"type\":\"json\"}"
            })
    void isTheSameAfterATripThroughJson(String json) {
        FramingDefinition definition = MAPPER.readValue(json, FramingDefinition.class);

        assertThat(FramingDefinition.of(definition.framing())).isEqualTo(definition);
        assertThat(MAPPER.writeValueAsString(definition)).isEqualTo(json);
        assertThat(definition.framing().type()).isEqualTo(definition.type());
    }

    @Test
    void isReadFromConfigurationProperties() {
        Binder binder = new Binder(new MapConfigurationPropertySource(
                Map.of("framing.type", "delimiter", "framing.delimiter", "\\x1c\\r")));

        FramingDefinition definition =
                binder.bind("framing", FramingDefinition.class).get();

        assertThat(definition.framing()).isEqualTo(new Framing.Delimiter(new byte[] {0x1C, '\r'}));
    }

    @Test
    void namesTheTypesWhenTheTypeIsUnknownOrMissing() {
        String choices = ": choose one of raw, lf, crlf, nul, delimiter, stx-etx, length, fixed, json";
        assertBad(definition("lines", null, null, null), "type", "type lines is unknown" + choices);
        assertBad(MAPPER.readValue("{}", FramingDefinition.class), "type", "type is missing" + choices);
    }

    @Test
    void saysWhichFieldATypeNeeds() {
        assertBad(
                definition("delimiter", null, null, null),
                "delimiter",
                "delimiter is missing: framing type delimiter needs it, the bytes that end a frame, such as \\r\\n");
        assertBad(
                definition("length", null, null, null),
                "bytes",
                "bytes is missing: framing type length needs it, 1, 2 or 4");
        assertBad(
                definition("fixed", null, null, null),
                "size",
                "size is missing: framing type fixed needs it, how many bytes each frame has");
    }

    @Test
    void refusesFieldsThatATypeHasNoUseFor() {
        assertBad(
                definition("lf", "\\n", null, null),
                "delimiter",
                "delimiter is not for framing type lf: leave it out, or use type delimiter");
        assertBad(
                definition("fixed", null, 2, 8),
                "bytes",
                "bytes is not for framing type fixed: leave it out, or use type length");
        assertBad(
                definition("length", null, 2, 8),
                "size",
                "size is not for framing type length: leave it out, or use type fixed");
    }

    @Test
    void saysWhatIsWrongWithAValue() {
        assertBad(
                definition("delimiter", "\\n\\q", null, null),
                "delimiter",
                "delimiter can't be read: unknown escape at position 2: found 'q' (U+0071); the escapes are "
                        + "\\r \\n \\t \\0 \\\\ \\xNN, and a backslash itself is \\\\");
        assertBad(
                definition("delimiter", "", null, null),
                "delimiter",
                "delimiter is empty: give 1 to 64 bytes, such as \\r\\n");
        assertBad(definition("length", null, 3, null), "bytes", "bytes is 3: a length can have 1, 2 or 4 bytes");
        assertBad(definition("fixed", null, null, 0), "size", "size is 0: give 1 or more bytes");
    }

    private static FramingDefinition definition(
            String type, @Nullable String delimiter, @Nullable Integer bytes, @Nullable Integer size) {
        return new FramingDefinition(type, delimiter, bytes, size);
    }

    private static void assertBad(FramingDefinition definition, String field, String message) {
        assertThatExceptionOfType(BadFramingException.class)
                .isThrownBy(definition::framing)
                .withMessage(message)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
