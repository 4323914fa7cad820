package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class LfTest extends TerminatedContract<Framing.Lf> {

    @Override
    Arbitrary<Framing.Lf> framings() {
        return Arbitraries.just(new Framing.Lf());
    }

    @Override
    Arbitrary<byte[]> streams() {
        return bytesOutOf("ab\r\n");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return bytesOutOf("ab\r\n").map(bytes -> Arrays.copyOf(bytes, bytes.length / 6));
    }

    @Override
    String terminator(Framing.Lf framing) {
        return "\n";
    }

    @Example
    void keepsACarriageReturnInThePayload() throws FramingException {
        assertThat(cut(new Framing.Lf(), "PING\r\n\nPONG")).containsExactly("PING\r", "");
    }

    @Example
    void allowsExactlyTheMaximum() throws FramingException {
        assertThat(cut(new Framing.Lf().decoder(4), "PING\nPONG\n")).containsExactly("PING", "PONG");
    }

    @Example
    void saysWhereAFrameBecameTooLong() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(new Framing.Lf().decoder(4), "PING\nPONGS"))
                .withMessage("frame over 4 bytes at offset 9: expected a line feed (0x0A)")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(9))
                .satisfies(e -> assertThat(e.expected()).isEqualTo("a line feed (0x0A)"))
                .satisfies(e -> assertThat(e.found()).isEqualTo("more than 4 bytes"));
    }

    @Example
    void saysWhyAPayloadCannotBeSent() {
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> new Framing.Lf().frame(new byte[] {1, 2, 10, 3}))
                .withMessageStartingWith("payload has a line feed (0x0A) at offset 2, where the frame would end: send");
    }
}
