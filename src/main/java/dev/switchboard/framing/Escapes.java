package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The escaped form; {@link PayloadEncoding#ESCAPED} says its rules. */
final class Escapes {

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Escapes() {}

    static String encode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from + 16);
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b >= ' ' && b <= '~' && b != '\\') {
                text.append((char) b);
            } else {
                escape(b, text);
            }
        }
        return text.toString();
    }

    private static void escape(byte b, StringBuilder text) {
        switch (b) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case 0 -> text.append("\\0");
            case '\\' -> text.append("\\\\");
            default -> text.append("\\x").append(DIGITS[(b & 0xF0) >> 4]).append(DIGITS[b & 0x0F]);
        }
    }

    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i = unescape(text, i, bytes);
            } else if (c < 0x80) {
                bytes.write(c);
                i++;
            } else {
                Utf8.checkPaired(text, i);
                int next = i + Character.charCount(text.codePointAt(i));
                bytes.writeBytes(text.substring(i, next).getBytes(UTF_8));
                i = next;
            }
        }
        return bytes.toByteArray();
    }

    /** @return the position after the escape whose backslash is at {@code at} */
    private static int unescape(String text, int at, ByteArrayOutputStream bytes) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : '\uFFFF';
        switch (kind) {
            case 'r' -> bytes.write('\r');
            case 'n' -> bytes.write('\n');
            case 't' -> bytes.write('\t');
            case '0' -> bytes.write(0);
            case '\\' -> bytes.write('\\');
            case 'x' -> {
                bytes.write(digit(text, at, at + 2) << 4 | digit(text, at, at + 3));
                return at + 4;
            }
            default -> throw unknown(text, at, "unknown escape", at + 1);
        }
        return at + 2;
    }

    private static int digit(String text, int escapeAt, int at) {
        int digit = at < text.length() ? Hex.digit(text.charAt(at)) : -1;
        if (digit < 0) {
            throw unknown(text, escapeAt, "\\x without two hex digits", at);
        }
        return digit;
    }

    private static BadPayloadException unknown(String text, int escapeAt, String what, int at) {
        String found = at < text.length() ? Utf8.name(text, at) : "the end";
        return new BadPayloadException(
                escapeAt,
                what + " at position " + escapeAt + ": found " + found
                        + "; the escapes are \\r \\n \\t \\0 \\\\ \\xNN, and a backslash itself is \\\\");
    }
}
