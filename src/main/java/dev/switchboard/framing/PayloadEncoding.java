package dev.switchboard.framing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/** How payload bytes are written as text. */
public enum PayloadEncoding {

    /**
     * UTF-8. To be read by people: what is not well-formed UTF-8 is written as U+FFFD, so decoding what was encoded
     * need not give the same bytes. The three others always do.
     */
    TEXT("text"),

    /**
     * Printable ASCII (0x20 to 0x7E) as it is, all other bytes as {@code \r \n \t \0 \\ \xNN}, with lower-case digits.
     * There are no octal escapes, so {@code \01} is a zero byte and the digit 1.
     *
     * <p>Decoding takes digits of either case, and a character that need not have been escaped (a letter with an
     * accent, a real line break) as its bytes in UTF-8.
     */
    ESCAPED("escaped"),

    /**
     * Two lower-case digits a byte, nothing between them. Decoding forgives upper case and, between bytes, spaces,
     * tabs, line breaks, {@code ,}, {@code :} and {@code 0x}.
     */
    HEX("hex"),

    /** RFC 4648, section 4, with padding. Decoding forgives line breaks. */
    BASE64("base64");

    private final String word;

    PayloadEncoding(String word) {
        this.word = word;
    }

    /** The word for it in JSON and in queries. */
    @JsonValue
    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException if there is none; the message lists the choices */
    @JsonCreator
    public static PayloadEncoding of(String word) {
        return switch (word) {
            case "text" -> TEXT;
            case "escaped" -> ESCAPED;
            case "hex" -> HEX;
            case "base64" -> BASE64;
            default ->
                throw new IllegalArgumentException(
                        "encoding " + word + " is unknown: choose one of text, escaped, hex, base64");
        };
    }

    /** @throws BadPayloadException if {@code text} is not in this encoding; says where, and what was found there */
    public byte[] decode(String text) {
        return switch (this) {
            case TEXT -> Utf8.decode(text);
            case ESCAPED -> Escapes.decode(text);
            case HEX -> Hex.decode(text);
            case BASE64 -> Base64Text.decode(text);
        };
    }

    /** Writes {@code bytes[from, to)}. */
    public String encode(byte[] bytes, int from, int to) {
        return switch (this) {
            case TEXT -> Utf8.encode(bytes, from, to);
            case ESCAPED -> Escapes.encode(bytes, from, to);
            case HEX -> HexFormat.of().formatHex(bytes, from, to);
            case BASE64 -> Base64Text.encode(bytes, from, to);
        };
    }

    /** Writes all of {@code bytes}. */
    public String encode(byte[] bytes) {
        return encode(bytes, 0, bytes.length);
    }
}
