package dev.switchboard.framing;

import java.util.Arrays;

/** Reads hex digits as people paste them; {@link PayloadEncoding#HEX} says what is forgiven. */
final class Hex {

    private Hex() {}

    static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() / 2];
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            if (isSeparator(text.charAt(i))) {
                i++;
                continue;
            }
            if (isPrefix(text, i)) {
                i += 2;
            }
            bytes[count++] = (byte) (first(text, i) << 4 | second(text, i + 1));
            i += 2;
        }
        return Arrays.copyOf(bytes, count);
    }

    private static boolean isPrefix(String text, int at) {
        return text.startsWith("0x", at) || text.startsWith("0X", at);
    }

    private static int first(String text, int at) {
        int digit = at < text.length() ? digit(text.charAt(at)) : -1;
        if (digit < 0) {
            throw new BadPayloadException(
                    at,
                    "not a hex digit at position " + at + ": found " + found(text, at)
                            + "; hex is two digits (0-9, a-f) a byte, with spaces, ',', ':' or 0x between bytes");
        }
        return digit;
    }

    private static int second(String text, int at) {
        int digit = at < text.length() ? digit(text.charAt(at)) : -1;
        if (digit < 0) {
            throw new BadPayloadException(
                    at,
                    "half a byte: expected a second hex digit at position " + at + ", found " + found(text, at)
                            + "; hex is two digits a byte, so write 0a for a");
        }
        return digit;
    }

    private static String found(String text, int at) {
        return at < text.length() ? Utf8.name(text, at) : "the end";
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ',' || c == ':' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Its value, or -1. ASCII only: {@link Character#digit} would take digits of every script. */
    static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
