package dev.switchboard.framing;

import static dev.switchboard.framing.PayloadEncoding.HEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class HexTest {

    @Property
    void givesBackEveryByte(@ForAll byte[] bytes) {
        String text = HEX.encode(bytes);

        assertThat(text).matches("([0-9a-f]{2})*");
        assertThat(HEX.decode(text)).isEqualTo(bytes);
    }

    @Property
    void forgivesHowPeopleSeparateBytes(
            @ForAll @Size(max = 20) byte[] bytes, @ForAll @Size(min = 1, max = 5) List<Boolean> choices) {
        List<String> separators = List.of(" ", ",", ":", "\t", "\r\n", " 0x", ", 0X", "0x", "");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            boolean upper = choices.get(i % choices.size());
            text.append(separators.get((i + choices.hashCode() & 0xFF) % separators.size()));
            text.append(String.format(upper ? "%02X" : "%02x", bytes[i]));
        }

        assertThat(HEX.decode(text.append("\n").toString())).isEqualTo(bytes);
    }

    @Property
    void decodesAnyTextOrSaysWhereNot(@ForAll String text) {
        try {
            HEX.decode(text);
        } catch (BadPayloadException e) {
            assertThat(e.position()).isBetween(0, text.length());
            assertThat(e).hasMessageContaining("at position " + e.position());
        }
    }

    @Example
    void writesAPartOfAnArray() {
        assertThat(HEX.encode(new byte[] {1, 2, (byte) 0xAB, 4}, 1, 3)).isEqualTo("02ab");
    }

    @Example
    void refusesWhatIsNotTwoDigits() {
        assertRefused("41 4", 4, "half a byte: expected a second hex digit at position 4, found the end");
        assertRefused("4 1", 1, "half a byte: expected a second hex digit at position 1, found ' ' (U+0020)");
        assertRefused("41 zz", 3, "not a hex digit at position 3: found 'z' (U+007A)");
        assertRefused("41 0x", 5, "not a hex digit at position 5: found the end");
        assertRefused("41;42", 2, "not a hex digit at position 2: found ';' (U+003B)");
        assertRefused("\uFF14\uFF11", 0, "not a hex digit at position 0: found '\uFF14' (U+FF14)");
    }

    private static void assertRefused(String text, int position, String message) {
        assertThatExceptionOfType(BadPayloadException.class)
                .isThrownBy(() -> HEX.decode(text))
                .withMessageStartingWith(message + "; hex is two digits")
                .satisfies(e -> assertThat(e.position()).isEqualTo(position));
    }
}
