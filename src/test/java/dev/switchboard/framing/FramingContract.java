package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What every framing holds to, but for {@code raw}, which cuts as the reads come. */
abstract class FramingContract<F extends Framing> {

    @Provide
    abstract Arbitrary<F> framings();

    /** Streams in which this framing finds something to do. */
    @Provide
    abstract Arbitrary<byte[]> streams();

    @Provide
    abstract Arbitrary<byte[]> payloads();

    /** What the decoder must do, told as simply as can be with the whole stream at hand. */
    abstract Cut reference(F framing, byte[] stream, int maxFrameBytes);

    abstract boolean canCarry(F framing, byte[] payload);

    @Property
    void cutsTheSameFramesHoweverTheStreamIsSplit(
            @ForAll("framings") F framing,
            @ForAll("streams") byte[] stream,
            @ForAll @IntRange(min = 5, max = 20) int maxFrameBytes,
            @ForAll @Size(max = 30) List<@IntRange(max = 7) Integer> chunkSizes) {
        Cut cut = Cut.by(framing.decoder(maxFrameBytes), stream, chunkSizes);

        assertThat(cut).isEqualTo(reference(framing, stream, maxFrameBytes));
    }

    @Property
    void cutsOrRefusesAnyBytes(
            @ForAll("framings") F framing,
            @ForAll byte[] stream,
            @ForAll @IntRange(min = 5, max = 300) int maxFrameBytes,
            @ForAll @Size(max = 10) List<@IntRange(max = 40) Integer> chunkSizes) {
        Cut cut = Cut.by(framing.decoder(maxFrameBytes), stream, chunkSizes);

        assertThat(cut).isEqualTo(reference(framing, stream, maxFrameBytes));
    }

    @Property
    void losesNoByte(
            @ForAll("framings") F framing,
            @ForAll("streams") byte[] stream,
            @ForAll @Size(max = 30) List<@IntRange(max = 7) Integer> chunkSizes) {
        Cut cut = Cut.by(framing.decoder(12), stream, chunkSizes);

        long start = 0;
        for (Cut.Frame frame : cut.frames()) {
            long payload = frame.end() - start - frame.header() - frame.trailer();
            assertThat(payload).isBetween(0L, 12L);
            start = frame.end();
        }
        if (cut.errorOffset().isPresent()) {
            assertThat(cut.errorOffset().getAsLong()).isBetween(start, (long) stream.length);
        } else {
            assertThat(start + cut.pending()).isEqualTo(stream.length);
        }
    }

    @Property
    void framesWhatItCutByTheVeryBytesItWasCutFromWhereItSaysSo(
            @ForAll("framings") F framing, @ForAll("streams") byte[] stream) throws Exception {
        if (framing.framedAgainBy() < 0) {
            return;
        }
        Cut cut = Cut.by(framing.decoder(20), stream, List.of());

        int start = 0;
        for (Cut.Frame frame : cut.frames()) {
            int end = (int) frame.end();
            byte[] payload = Arrays.copyOfRange(stream, start + frame.header(), end - frame.trailer());
            Framed again = framing.frame(payload);
            assertThat(frame.header()).isEqualTo(framing.framedAgainBy());
            assertThat(again.wire()).isEqualTo(Arrays.copyOfRange(stream, start, end));
            assertThat(again.header()).isEqualTo(frame.header());
            assertThat(again.trailer()).isEqualTo(frame.trailer());
            start = end;
        }
    }

    @Property
    void decodesWhatItFramed(@ForAll("framings") F framing, @ForAll("payloads") byte[] payload) throws Exception {
        if (!canCarry(framing, payload)) {
            assertThatExceptionOfType(UnframeableException.class)
                    .isThrownBy(() -> framing.frame(payload))
                    .withMessageContaining("payload")
                    .withMessageContaining(": ");
            return;
        }
        Framed framed = framing.frame(payload);
        byte[] twice = concat(List.of(framed.wire(), framed.wire()));

        Cut cut = Cut.by(framing.decoder(Math.max(1, payload.length)), twice, List.of());

        assertThat(Arrays.copyOfRange(framed.wire(), framed.header(), framed.wire().length - framed.trailer()))
                .isEqualTo(payload);
        assertThat(cut.payloads(twice)).containsExactly(payload, payload);
        assertThat(cut.errorOffset()).isEmpty();
    }

    @Property(tries = 100)
    void comesBackFromItsDefinition(@ForAll("framings") F framing) {
        assertThat(FramingDefinition.of(framing).framing()).isEqualTo(framing).hasSameHashCodeAs(framing);
    }

    static byte[] concat(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Up to 60 bytes out of a few, so that what matters to the framing comes often. */
    static Arbitrary<byte[]> bytesOutOf(String alphabet) {
        return Arbitraries.of(alphabet.chars().mapToObj(c -> (byte) c).toList())
                .array(byte[].class)
                .ofMaxSize(60);
    }
}
