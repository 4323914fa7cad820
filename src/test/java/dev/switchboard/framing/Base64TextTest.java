package dev.switchboard.framing;

import static dev.switchboard.framing.PayloadEncoding.BASE64;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Base64TextTest {

    @Property
    void givesBackEveryByte(@ForAll byte[] bytes) {
        assertThat(BASE64.encode(bytes)).isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(BASE64.decode(BASE64.encode(bytes))).isEqualTo(bytes);
    }

    @Property
    void forgivesLineBreaks(@ForAll byte[] bytes) {
        byte[] mime = Base64.getMimeEncoder(8, new byte[] {'\r', '\n'}).encode(bytes);

        assertThat(BASE64.decode(new String(mime, US_ASCII) + "\n")).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> nearlyBase64() {
        return Arbitraries.strings().withChars("AZaz09+/==\n*").ofMaxLength(9);
    }

    @Property
    void decodesAnyTextOrSaysWhereNot(@ForAll("nearlyBase64") String text) {
        try {
            assertThat(BASE64.decode(text)).isEqualTo(Base64.getDecoder().decode(text.replace("\n", "")));
            assertThat(text.replace("\n", "").length() % 4).isZero();
        } catch (BadPayloadException e) {
            assertThat(e.position()).isBetween(0, text.length());
            assertThat(e).hasMessageContaining("at position " + e.position() + ": found ");
        }
    }

    @Example
    void writesAPartOfAnArray() {
        assertThat(BASE64.encode("xPINGx".getBytes(US_ASCII), 1, 5)).isEqualTo("UElORw==");
    }

    @Example
    void refusesOtherAlphabetsAndSpaces() {
        assertRefused("ab-_", 2, "not base64 at position 2: found '-' (U+002D)");
        assertRefused("ab cd", 2, "not base64 at position 2: found ' ' (U+0020)");
        assertRefused("ab=c", 3, "not base64 at position 3: found 'c' (U+0063)");
        assertRefused("=", 0, "not base64 at position 0: found '='");
        assertRefused("abcd====", 4, "not base64 at position 4: found '='");
        assertRefused("abc", 3, "base64 breaks off at position 3: found 3 of the last four characters");
    }

    private static void assertRefused(String text, int position, String message) {
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> BASE64.decode(text))
                .withMessageStartingWith(message)
                .satisfies(e -> assertThat(e.position()).isEqualTo(position));
    }
}
