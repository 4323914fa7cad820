package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class LengthTest extends FramingContract<Framing.Length> {

    @Override
    Arbitrary<Framing.Length> framings() {
        return Arbitraries.of(1, 2, 4).map(Framing.Length::new);
    }

    @Override
    Arbitrary<byte[]> streams() {
        return bytesOutOf("\0\0\0\0\0\0\0\0\1\2\3\4\u000B\u00FF");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    @Override
    Cut reference(Framing.Length framing, byte[] stream, int maxFrameBytes) {
        List<Cut.Frame> frames = new ArrayList<>();
        int start = 0;
        while (start + framing.bytes() <= stream.length) {
            int payloadStart = start + framing.bytes();
            BigInteger length = new BigInteger(1, Arrays.copyOfRange(stream, start, payloadStart));
            if (length.compareTo(BigInteger.valueOf(maxFrameBytes)) > 0) {
                return Cut.failed(frames, start);
            }
            int end = payloadStart + length.intValueExact();
            if (end > stream.length) {
                break;
            }
            frames.add(new Cut.Frame(end, framing.bytes(), 0));
            start = end;
        }
        return Cut.whole(frames, stream.length - start);
    }

    @Override
    boolean canCarry(Framing.Length framing, byte[] payload) {
        return payload.length <= Math.pow(256, framing.bytes()) - 1;
    }

    @Example
    void writesTheLengthBigEndian() throws UnframeableException {
        assertThat(new Framing.Length(2).frame(new byte[258]).wire())
                .hasSize(260)
                .startsWith(1, 2, 0);
        assertThat(new Framing.Length(4).frame(new byte[70000]).wire()).startsWith(0, 1, 0x11, 0x70, 0);
    }

    @Example
    void refusesALengthOverTheMaximumAsSoonAsItIsKnown() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(new Framing.Length(2).decoder(4), "\0\4PING\0\5"))
                .withMessage("frame over 4 bytes at offset 6: expected a length of at most 4, found 5")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(6))
                .satisfies(e -> assertThat(e.found()).isEqualTo("5"));
    }

    @Example
    void takesALengthForUnsigned() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(new Framing.Length(4), "\u00FF\u00FF\u00FF\u00FE"))
                .satisfies(e -> assertThat(e.found()).isEqualTo("4294967294"));
    }

    @Example
    void saysHowManyBytesAreMissing() throws FramingException {
        Decoder decoder = new Framing.Length(4).decoder(100);
        cut(decoder, "\0\0\0");
        assertThat(decoder.expected()).isEqualTo("1 more byte of the length");
        cut(decoder, "\7abc");
        assertThat(decoder.expected()).isEqualTo("4 more bytes of the payload");
        assertThat(decoder.pending()).isEqualTo(7);
    }

    @Example
    void saysHowToSendWhatIsTooLongForItsLength() {
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> new Framing.Length(1).frame(new byte[300]))
                .withMessage("payload is 300 bytes; a 1-byte length can say at most 255: use length with 2 or 4 bytes");
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> new Framing.Length(2).frame(new byte[65536]))
                .withMessageEndingWith("at most 65535: use length with 4 bytes");
    }

    @Example
    void knowsLengthsOfOneTwoAndFourBytes() {
        assertThatExceptionOfType(BadFramingException.class)
                .isThrownBy(() -> new Framing.Length(3))
                .withMessage("bytes is 3: a length can have 1, 2 or 4 bytes")
                .satisfies(e -> assertThat(e.field()).isEqualTo("bytes"));
    }
}
