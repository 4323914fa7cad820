package dev.switchboard.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.framing.DecoderFuzz;
import dev.switchboard.framing.Framing;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Any stream, in any reads: every byte is in exactly one frame or in what is left over, and what is held meanwhile is
 * bounded.
 *
 * <p>An input is the framing, what it needs to know, the size of a read, the stream.
 */
public final class CutterFuzz {

    private static final int MOST = 64;

    private CutterFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 3) {
            return;
        }
        Framing framing = DecoderFuzz.framing(input[0], input[1]);
        int size = 1 + (input[2] & 0xFF);
        Cutter cutter = new Cutter(framing.decoder(MOST), new FrameEnds.Builder(), Origin.PEER);
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        int at = 3;
        boolean failed = false;
        while (at < input.length && !failed) {
            byte[] read = Arrays.copyOfRange(input, at, Math.min(input.length, at + size));
            at += read.length;
            Cutter.Cut cut = cutter.cut(read);
            failed = cut.failure() != null;
            int from = 0;
            for (int i = 0; i < cut.ends().size(); i++) {
                byte[] straddler = i == 0 ? cut.straddler() : null;
                found.writeBytes(
                        straddler == null
                                ? Arrays.copyOfRange(read, from, cut.ends().end(i))
                                : straddler);
                from = cut.ends().end(i);
            }
            assertThat(cutter.pending()).isLessThanOrEqualTo(2 * MOST + Framing.Delimiter.MAX_BYTES + size);
        }
        found.writeBytes(cutter.leftover());
        assertThat(found.toByteArray()).isEqualTo(Arrays.copyOfRange(input, 3, at));
    }
}
