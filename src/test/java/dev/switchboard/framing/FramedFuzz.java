package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/**
 * Any payload, with any framing: it is refused with a reason, or comes back from the stream as it was sent, and so does
 * the one after it.
 *
 * <p>An input is the framing, what it needs to know, and the payload.
 */
public final class FramedFuzz {

    private FramedFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws UnframeableException {
        if (input.length < 2) {
            return;
        }
        Framing framing = DecoderFuzz.framing(input[0], input[1]);
        byte[] payload = Arrays.copyOfRange(input, 2, input.length);
        Framed framed;
        try {
            framed = framing.frame(payload);
        } catch (UnframeableException e) {
            assertThat(e.getMessage()).contains("payload");
            return;
        }
        byte[] carried = Arrays.copyOfRange(framed.wire(), framed.header(), framed.wire().length - framed.trailer());
        if (framing instanceof Framing.Json) {
            // White space around a value is the framing's.
            assertThat(new String(carried, UTF_8)).isEqualTo(new String(payload, UTF_8).strip());
        } else {
            assertThat(carried).isEqualTo(payload);
        }
        if (framing instanceof Framing.Raw) {
            return;
        }
        byte[] twice = FramingContract.concat(List.of(framed.wire(), framed.wire()));
        int most = Math.max(64, payload.length);
        List<byte[]> found = Cut.by(framing.decoder(most), twice, List.of(payload.length / 2, 1))
                .payloads(twice);
        assertThat(found).containsExactly(carried, carried);
    }
}
