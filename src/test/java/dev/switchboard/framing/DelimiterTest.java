package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class DelimiterTest extends TerminatedContract<Framing.Delimiter> {

    @Override
    Arbitrary<Framing.Delimiter> framings() {
        return Arbitraries.strings()
                .withChars('a', 'b')
                .ofMinLength(1)
                .ofMaxLength(5)
                .map(DelimiterTest::delimiter);
    }

    @Override
    Arbitrary<byte[]> streams() {
        return bytesOutOf("aaabbc");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return bytesOutOf("abccc").map(bytes -> Arrays.copyOf(bytes, bytes.length / 6));
    }

    @Override
    String terminator(Framing.Delimiter framing) {
        return new String(framing.bytes(), ISO_8859_1);
    }

    @Example
    void findsADelimiterThatBeginsInsideAFailedMatch() throws FramingException {
        assertThat(cut(delimiter("aab"), "aaabxaab")).containsExactly("a", "x");
        assertThat(cut(delimiter("abab"), "abaabab")).containsExactly("aba");
    }

    @Example
    void usesNoByteForTwoDelimiters() throws FramingException {
        assertThat(cut(delimiter("aa"), "xaaa")).containsExactly("x");
    }

    @Example
    void refusesAPayloadWhoseEndWouldRunIntoTheDelimiter() {
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> delimiter("aa").frame(new byte[] {'b', 'a'}))
                .withMessage("the last bytes of the payload run together with the delimiter aa, so the frame would end "
                        + "after 1 of 2 bytes: use length framing, which can carry every byte");
    }

    @Example
    void hasBetweenOneAndSixtyFourBytes() {
        assertThat(delimiter("x".repeat(64)).bytes()).hasSize(64);
        assertThatExceptionOfType(BadFramingException.class)
                .isThrownBy(() -> delimiter("x".repeat(65)))
                .withMessage("delimiter is 65 bytes long: give at most 64 bytes")
                .satisfies(e -> assertThat(e.field()).isEqualTo("delimiter"));
        assertThatExceptionOfType(BadFramingException.class)
                .isThrownBy(() -> delimiter(""))
                .withMessageContaining("empty");
    }

    @Example
    void cannotBeChangedFromOutside() {
        byte[] bytes = {'a', 'b'};
        Framing.Delimiter delimiter = new Framing.Delimiter(bytes);
        bytes[0] = 'x';
        delimiter.bytes()[1] = 'x';
        assertThat(delimiter)
                .isEqualTo(delimiter("ab"))
                .hasToString("Delimiter[ab]")
                .isNotEqualTo(delimiter("xx"));
    }

    private static Framing.Delimiter delimiter(String bytes) {
        return new Framing.Delimiter(bytes.getBytes(ISO_8859_1));
    }
}
