package dev.switchboard.framing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A framing as people write it, in JSON and in configuration properties. Whether it makes sense, {@link #framing()}
 * says.
 *
 * @param type {@code raw}, {@code lf}, {@code crlf}, {@code nul}, {@code delimiter}, {@code stx-etx}, {@code length},
 *     {@code fixed} or {@code json}
 * @param delimiter only with {@code delimiter}: 1 to {@value Framing.Delimiter#MAX_BYTES} bytes, in escaped form
 * @param bytes only with {@code length}: 1, 2 or 4
 * @param size only with {@code fixed}: bytes, 1 or more
 */
@Schema(name = "Framing", description = "How a stream of bytes is cut into frames, each way.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FramingDefinition(
        @Schema(
                allowableValues = {"raw", "lf", "crlf", "nul", "delimiter", "stx-etx", "length", "fixed", "json"},
                example = "crlf")
        String type,

        @Schema(
                description = "Only with `delimiter`: the 1 to 64 bytes that end a frame, in escaped form",
                example = "\\x1c\\r")
        @Nullable
        String delimiter,

        @Schema(description = "Only with `length`: how many bytes the length has, 1, 2 or 4; unsigned, big-endian")
        @Nullable
        Integer bytes,

        @Schema(description = "Only with `fixed`: how many bytes each frame has", minimum = "1") @Nullable
        Integer size) {

    /** @throws BadFramingException naming the field that is wrong, missing, or of no use to the type */
    public Framing framing() {
        Framing framing = switch (type) {
            case "raw" -> new Framing.Raw();
            case "lf" -> new Framing.Lf();
            case "crlf" -> new Framing.Crlf();
            case "nul" -> new Framing.Nul();
            case "delimiter" -> new Framing.Delimiter(delimiterBytes());
            case "stx-etx" -> new Framing.StxEtx();
            case "length" -> new Framing.Length(needed("bytes", bytes, "1, 2 or 4"));
            case "fixed" -> new Framing.Fixed(needed("size", size, "how many bytes each frame has"));
            case "json" -> new Framing.Json();
            case null, default -> throw unknownType();
        };
        refuse("delimiter", delimiter, "delimiter");
        refuse("bytes", bytes, "length");
        refuse("size", size, "fixed");
        return framing;
    }

    /** The definition that stands for a framing; {@code of(f).framing()} equals {@code f}. */
    public static FramingDefinition of(Framing framing) {
        return switch (framing) {
            case Framing.Delimiter(byte[] delimiter) ->
                new FramingDefinition(framing.type(), PayloadEncoding.ESCAPED.encode(delimiter), null, null);
            case Framing.Length(int bytes) -> new FramingDefinition(framing.type(), null, bytes, null);
            case Framing.Fixed(int size) -> new FramingDefinition(framing.type(), null, null, size);
            case Framing.Raw _, Framing.Lf _, Framing.Crlf _, Framing.Nul _, Framing.StxEtx _, Framing.Json _ ->
                new FramingDefinition(framing.type(), null, null, null);
        };
    }

    private byte[] delimiterBytes() {
        String escaped = needed("delimiter", delimiter, "the bytes that end a frame, such as \\r\\n");
        try {
            return PayloadEncoding.ESCAPED.decode(escaped);
        } catch (BadPayloadException e) {
            throw new BadFramingException("delimiter", "delimiter can't be read: " + e.getMessage());
        }
    }

    private <T> T needed(String field, @Nullable T value, String what) {
        if (value == null) {
            throw new BadFramingException(field, field + " is missing: framing type " + type + " needs it, " + what);
        }
        return value;
    }

    private void refuse(String field, @Nullable Object value, String takenBy) {
        if (value != null && !type.equals(takenBy)) {
            throw new BadFramingException(
                    field, field + " is not for framing type " + type + ": leave it out, or use type " + takenBy);
        }
    }

    private BadFramingException unknownType() {
        return new BadFramingException(
                "type",
                (type == null ? "type is missing" : "type " + type + " is unknown")
                        + ": choose one of raw, lf, crlf, nul, delimiter, stx-etx, length, fixed, json");
    }
}
