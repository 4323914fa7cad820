package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Base64 by the JDK, with line breaks forgiven and errors that say where. */
final class Base64Text {

    private Base64Text() {}

    static String encode(byte[] bytes, int from, int to) {
        return ISO_8859_1
                .decode(Base64.getEncoder().encode(ByteBuffer.wrap(bytes, from, to - from)))
                .toString();
    }

    static byte[] decode(String text) {
        byte[] symbols = new byte[text.length()];
        int count = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') {
                continue;
            }
            boolean pads = c == '=';
            if (pads ? !mayPad(count) : padding > 0 || !isSymbol(c)) {
                throw new BadPayloadException(
                        i,
                        "not base64 at position " + i + ": found " + Utf8.name(text, i)
                                + "; base64 is A-Z, a-z, 0-9, + and /, with = only to fill up the last four");
            }
            symbols[count++] = (byte) c;
            padding += pads ? 1 : 0;
        }
        if (count % 4 != 0) {
            throw new BadPayloadException(
                    text.length(),
                    "base64 breaks off at position " + text.length() + ": found " + count % 4
                            + " of the last four characters; fill them up with =");
        }
        return Base64.getDecoder().decode(Arrays.copyOf(symbols, count));
    }

    /** Two symbols and two signs of padding, or three and one. */
    private static boolean mayPad(int count) {
        return count % 4 >= 2;
    }

    private static boolean isSymbol(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
