package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text and its bytes in UTF-8. */
final class Utf8 {

    private Utf8() {}

    static byte[] decode(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            checkPaired(text, i);
        }
        return text.getBytes(UTF_8);
    }

    static String encode(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, UTF_8);
    }

    /** Half of a surrogate pair has no bytes in UTF-8; {@code getBytes} would quietly make it a question mark. */
    static void checkPaired(String text, int at) {
        int codePoint = text.codePointAt(at);
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new BadPayloadException(
                    at,
                    "half a character at position " + at + ": found the lone surrogate "
                            + String.format("U+%04X", codePoint)
                            + ", which has no bytes in UTF-8; use escaped, hex or base64 for bytes that are no text");
        }
    }

    /** How a character is called in messages: itself if it can be seen, and its number. */
    static String name(String text, int at) {
        int codePoint = text.codePointAt(at);
        String number = String.format("U+%04X", codePoint);
        boolean visible = !Character.isISOControl(codePoint)
                && Character.isDefined(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
        return visible ? "'" + Character.toString(codePoint) + "' (" + number + ")" : number;
    }
}
