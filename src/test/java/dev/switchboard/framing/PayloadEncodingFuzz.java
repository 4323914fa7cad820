package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/**
 * Any text, in any encoding: it is refused with a place and a reason, or gives bytes, no more than it has room for,
 * that can be written and read again. Any bytes can be written, and but for {@code text} come back.
 *
 * <p>An input is the encoding, and whether what follows is UTF-8 or 16-bit units, in pairs or not; then the text.
 */
public final class PayloadEncodingFuzz {

    private static final PayloadEncoding[] ENCODINGS = PayloadEncoding.values();

    private PayloadEncodingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        PayloadEncoding encoding = ENCODINGS[input[0] & 3];
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        written(encoding, rest);
        read(encoding, (input[0] & 4) == 0 ? new String(rest, UTF_8) : units(rest));
    }

    private static void written(PayloadEncoding encoding, byte[] bytes) {
        byte[] again = encoding.decode(encoding.encode(bytes));
        if (encoding != PayloadEncoding.TEXT || new String(bytes, UTF_8).indexOf('\uFFFD') < 0) {
            assertThat(again).isEqualTo(bytes);
        }
    }

    private static void read(PayloadEncoding encoding, String text) {
        byte[] bytes;
        try {
            bytes = encoding.decode(text);
        } catch (BadPayloadException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.position()).isBetween(0, text.length());
            return;
        }
        assertThat(bytes.length).isLessThanOrEqualTo(3 * text.length());
        assertThat(encoding.decode(encoding.encode(bytes))).isEqualTo(bytes);
    }

    /** Surrogates too, with and without their other half, which a charset would not let pass. */
    private static String units(byte[] bytes) {
        char[] units = new char[bytes.length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) (bytes[2 * i] << 8 | bytes[2 * i + 1] & 0xFF);
        }
        return new String(units);
    }
}
