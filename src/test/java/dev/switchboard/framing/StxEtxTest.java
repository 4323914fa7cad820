package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class StxEtxTest extends FramingContract<Framing.StxEtx> {

    private final Framing framing = new Framing.StxEtx();

    @Override
    Arbitrary<Framing.StxEtx> framings() {
        return Arbitraries.just(new Framing.StxEtx());
    }

    @Override
    Arbitrary<byte[]> streams() {
        return Arbitraries.of("\2\3", "\2abc\3", "\2a\2b\3", "\2abcdefgh\3", "\2abc", "x", "\3")
                .map(piece -> piece.getBytes(ISO_8859_1))
                .list()
                .ofMaxSize(10)
                .map(FramingContract::concat);
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return bytesOutOf("abcdefghijkl\2\3");
    }

    @Override
    Cut reference(Framing.StxEtx framing, byte[] stream, int maxFrameBytes) {
        String text = new String(stream, ISO_8859_1);
        List<Cut.Frame> frames = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            if (text.charAt(start) != 2) {
                return Cut.failed(frames, start);
            }
            int etx = text.indexOf(3, start);
            int payload = (etx < 0 ? text.length() : etx) - start - 1;
            if (payload > maxFrameBytes) {
                return Cut.failed(frames, start + 1 + maxFrameBytes);
            }
            if (etx < 0) {
                return Cut.whole(frames, text.length() - start);
            }
            start = etx + 1;
            frames.add(new Cut.Frame(start, 1, 1));
        }
        return Cut.whole(frames, 0);
    }

    @Override
    boolean canCarry(Framing.StxEtx framing, byte[] payload) {
        return new String(payload, ISO_8859_1).indexOf(3) < 0;
    }

    @Example
    void takesAnStxInsideForPayload() throws FramingException {
        assertThat(cut(framing, "\2a\2\3\2\3")).containsExactly("a\2", "");
    }

    @Example
    void refusesBytesBetweenFrames() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(framing, "\2a\3\r\2b\3"))
                .withMessage("unexpected byte at offset 3: expected STX (0x02), found CR (0x0D)")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(3))
                .satisfies(e -> assertThat(e.found()).isEqualTo("CR (0x0D)"));
    }

    @Example
    void saysWhatItWaitsFor() throws FramingException {
        Decoder decoder = framing.decoder(4);
        assertThat(decoder.expected()).isEqualTo("STX (0x02)");
        cut(decoder, "\2abcd");
        assertThat(decoder.expected()).isEqualTo("ETX (0x03)");
        assertThat(decoder.pending()).isEqualTo(5);
    }
}
