package dev.switchboard.framing;

import static dev.switchboard.framing.PayloadEncoding.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

class PayloadEncodingTest {

    @Property
    void textIsUtf8(@ForAll String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            assertThatExceptionOfType(BadPayloadException.class).isThrownBy(() -> TEXT.decode(text));
            return;
        }
        assertThat(TEXT.decode(text)).isEqualTo(text.getBytes(UTF_8));
        assertThat(TEXT.encode(TEXT.decode(text))).isEqualTo(text);
    }

    @Example
    void textNeverTurnsHalfACharacterIntoAQuestionMark() {
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> TEXT.decode("a😀\uDE00"))
                .withMessageStartingWith("half a character at position 3: found the lone surrogate U+DE00");
    }

    @Example
    void textShowsWhatIsNoUtf8AsReplacement() {
        assertThat(TEXT.encode(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
        assertThat(TEXT.encode(new byte[] {'a', 'b', 'c'}, 1, 2)).isEqualTo("b");
    }

    @Property
    void comesBackFromItsWord(@ForAll PayloadEncoding encoding) {
        assertThat(PayloadEncoding.of(encoding.word())).isEqualTo(encoding);
        String json = JsonMapper.shared().writeValueAsString(encoding);
        assertThat(json).isEqualTo('"' + encoding.word() + '"');
        assertThat(JsonMapper.shared().readValue(json, PayloadEncoding.class)).isEqualTo(encoding);
    }

    @Example
    void listsTheChoicesForAnUnknownWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PayloadEncoding.of("HEX"))
                .withMessage("encoding HEX is unknown: choose one of text, escaped, hex, base64");
    }
}
