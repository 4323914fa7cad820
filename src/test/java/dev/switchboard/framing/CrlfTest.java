package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class CrlfTest extends TerminatedContract<Framing.Crlf> {

    @Override
    Arbitrary<Framing.Crlf> framings() {
        return Arbitraries.just(new Framing.Crlf());
    }

    @Override
    Arbitrary<byte[]> streams() {
        return bytesOutOf("a\r\n");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return bytesOutOf("a\r\n").map(bytes -> Arrays.copyOf(bytes, bytes.length / 6));
    }

    @Override
    String terminator(Framing.Crlf framing) {
        return "\r\n";
    }

    @Example
    void takesLoneReturnsAndFeedsForPayload() throws FramingException {
        assertThat(cut(new Framing.Crlf(), "a\rb\nc\r\n\r\r\n\n\r\n")).containsExactly("a\rb\nc", "\r", "\n");
    }

    @Example
    void allowsExactlyTheMaximumThoughTheReturnMightBePayload() throws FramingException {
        assertThat(cut(new Framing.Crlf().decoder(4), "PING\r\n")).containsExactly("PING");
    }

    @Example
    void knowsThatAReturnWithoutFeedWasPayload() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(new Framing.Crlf().decoder(4), "PING\rx"))
                .withMessage("frame over 4 bytes at offset 4: expected a carriage return and a line feed (0x0D 0x0A)");
    }
}
