package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class NulTest extends TerminatedContract<Framing.Nul> {

    @Override
    Arbitrary<Framing.Nul> framings() {
        return Arbitraries.just(new Framing.Nul());
    }

    @Override
    Arbitrary<byte[]> streams() {
        return bytesOutOf("ab\0");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return bytesOutOf("ab\0").map(bytes -> Arrays.copyOf(bytes, bytes.length / 6));
    }

    @Override
    String terminator(Framing.Nul framing) {
        return "\0";
    }

    @Example
    void cutsAtZeroBytes() throws FramingException {
        assertThat(cut(new Framing.Nul(), "a\0\0b")).containsExactly("a", "");
    }

    @Example
    void saysWhatItWaitsFor() {
        Decoder decoder = new Framing.Nul().decoder(4);
        assertThat(decoder.expected()).isEqualTo("a zero byte (0x00)");
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(decoder, "abcde"))
                .withMessageContaining("offset 4");
    }
}
