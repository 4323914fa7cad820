package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

class FixedTest extends FramingContract<Framing.Fixed> {

    @Override
    Arbitrary<Framing.Fixed> framings() {
        return Arbitraries.integers().between(1, 5).map(Framing.Fixed::new);
    }

    @Override
    Arbitrary<byte[]> streams() {
        return bytesOutOf("abc");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
    }

    @Override
    Cut reference(Framing.Fixed framing, byte[] stream, int maxFrameBytes) {
        List<Cut.Frame> frames = new ArrayList<>();
        for (int end = framing.size(); end <= stream.length; end += framing.size()) {
            frames.add(new Cut.Frame(end, 0, 0));
        }
        return Cut.whole(frames, stream.length % framing.size());
    }

    @Override
    boolean canCarry(Framing.Fixed framing, byte[] payload) {
        return payload.length == framing.size();
    }

    @Example
    void cutsEveryFewBytes() throws FramingException {
        assertThat(cut(new Framing.Fixed(3), "abcdefgh")).containsExactly("abc", "def");
    }

    @Example
    void saysHowManyBytesAreMissing() throws FramingException {
        Decoder decoder = new Framing.Fixed(4).decoder(4);
        cut(decoder, "abcdef");
        assertThat(decoder.expected()).isEqualTo("2 more bytes of the frame");
        assertThat(decoder.pending()).isEqualTo(2);
    }

    @Example
    void refusesASizeThatNoFrameMayHave() {
        assertThatExceptionOfType(BadFramingException.class)
                .isThrownBy(() -> new Framing.Fixed(0))
                .satisfies(e -> assertThat(e.field()).isEqualTo("size"));
        assertThatExceptionOfType(BadFramingException.class)
                .isThrownBy(() -> new Framing.Fixed(5).decoder(4))
                .withMessage("size is 5, over maxFrameBytes of 4: make size smaller or maxFrameBytes larger");
    }

    @Example
    void neverFillsUpOrSplitsByItself() {
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> new Framing.Fixed(4).frame(new byte[3]))
                .withMessage("payload is 3 bytes; every frame has 4: fill it up, or use another framing");
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> new Framing.Fixed(4).frame(new byte[5]))
                .withMessageContaining("split it");
    }
}
