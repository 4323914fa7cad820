package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes, cut anywhere, with any framing: the frames do not depend on the cuts, none is larger than may be, and what
 * waits to become one is bounded.
 *
 * <p>An input is the framing, what it needs to know, how large a frame may be, the number of cuts, the cuts, the
 * stream.
 */
public final class DecoderFuzz {

    private DecoderFuzz() {}

    /** What {@code kind} stands for, with {@code detail} for what there is to be chosen of it. */
    public static Framing framing(int kind, int detail) {
        return switch (Math.floorMod(kind, 9)) {
            case 0 -> new Framing.Raw();
            case 1 -> new Framing.Lf();
            case 2 -> new Framing.Crlf();
            case 3 -> new Framing.Nul();
            case 4 -> new Framing.Delimiter(delimiter(detail));
            case 5 -> new Framing.StxEtx();
            case 6 -> new Framing.Length(1 << Math.floorMod(detail, 3));
            case 7 -> new Framing.Fixed(1 + Math.floorMod(detail, 64));
            default -> new Framing.Json();
        };
    }

    /** Those that repeat themselves are the hard ones. */
    private static byte[] delimiter(int detail) {
        byte[] delimiter = new byte[1 + (detail & 7)];
        Arrays.fill(delimiter, (byte) 'a');
        delimiter[delimiter.length - 1] = (byte) ((detail & 8) == 0 ? 'a' : 'b');
        return delimiter;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 4) {
            return;
        }
        Framing framing = framing(input[0], input[1]);
        int most = 64 + (input[2] & 0xFF);
        int cuts = Math.min(input[3] & 0x1F, input.length - 4);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < cuts; i++) {
            sizes.add(input[4 + i] & 0xFF);
        }
        byte[] stream = Arrays.copyOfRange(input, 4 + cuts, input.length);

        Decoder decoder = framing.decoder(most);
        Cut cut = Cut.by(decoder, stream, sizes);
        if (framing instanceof Framing.Raw) {
            return;
        }
        assertThat(cut).isEqualTo(Cut.by(framing.decoder(most), stream, List.of()));
        cut.payloads(stream).forEach(payload -> assertThat(payload).hasSizeLessThanOrEqualTo(most));
        // White space ahead of a JSON value may be as much as the value.
        assertThat(cut.pending()).isBetween(0L, 2L * most + Framing.Delimiter.MAX_BYTES);
        if (cut.errorOffset().isEmpty()) {
            assertThat(decoder.expected()).isNotBlank();
        }
    }
}
