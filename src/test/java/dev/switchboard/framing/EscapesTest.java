package dev.switchboard.framing;

import static dev.switchboard.framing.PayloadEncoding.ESCAPED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EscapesTest {

    @Property
    void giveBackEveryByte(@ForAll byte[] bytes) {
        String text = ESCAPED.encode(bytes);

        assertThat(text).matches("[ -~]*");
        assertThat(ESCAPED.decode(text)).isEqualTo(bytes);
    }

    @Property
    void decodeAnyTextOrSayWhereNot(@ForAll String text) {
        try {
            ESCAPED.decode(text);
        } catch (BadPayloadException e) {
            assertThat(e.position()).isBetween(0, text.length() - 1);
            assertThat(e).hasMessageContaining("at position " + e.position() + ": found ");
        }
    }

    @Example
    void leavePrintableAsciiAlone() {
        assertThat(encoded("PING ~1\r\n\t\0\\\u0001\u007F\u00FF\u00E9"))
                .isEqualTo("PING ~1\\r\\n\\t\\0\\\\\\x01\\x7f\\xff\\xe9");
    }

    @Example
    void writeAPartOfAnArray() {
        assertThat(ESCAPED.encode("abcd".getBytes(ISO_8859_1), 1, 3)).isEqualTo("bc");
    }

    @Example
    void takeADigitAfterAZeroForItself() {
        assertThat(ESCAPED.decode("\\012")).containsExactly(0, '1', '2');
        assertThat(encoded("\0001")).isEqualTo("\\01");
    }

    @Example
    void takeDigitsOfEitherCase() {
        assertThat(ESCAPED.decode("\\xaB\\xFf")).containsExactly(0xAB, 0xFF);
    }

    @Example
    void takeWhatNeedNoEscapeAsUtf8() {
        assertThat(ESCAPED.decode("é€😀\r\n")).isEqualTo("é€😀\r\n".getBytes(UTF_8));
    }

    @Example
    void knowNoOthers() {
        String known = "; the escapes are \\r \\n \\t \\0 \\\\ \\xNN, and a backslash itself is \\\\";
        assertRefused("ab\\q", 2, "unknown escape at position 2: found 'q' (U+0071)" + known);
        assertRefused("ab\\", 2, "unknown escape at position 2: found the end" + known);
        assertRefused("\\xA", 0, "\\x without two hex digits at position 0: found the end" + known);
        assertRefused("\\x4g", 0, "\\x without two hex digits at position 0: found 'g' (U+0067)" + known);
        assertRefused(
                "\\x\u0664\u0661", 0, "\\x without two hex digits at position 0: found '\u0664' (U+0664)" + known);
    }

    @Example
    void refuseHalfACharacter() {
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> ESCAPED.decode("a\uD83D"))
                .withMessageStartingWith("half a character at position 1: found the lone surrogate U+D83D");
    }

    private static String encoded(String bytes) {
        return ESCAPED.encode(bytes.getBytes(ISO_8859_1));
    }

    private static void assertRefused(String text, int position, String message) {
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> ESCAPED.decode(text))
                .withMessage(message)
                .satisfies(e -> assertThat(e.position()).isEqualTo(position));
    }
}
