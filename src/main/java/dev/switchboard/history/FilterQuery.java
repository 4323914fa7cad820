package dev.switchboard.history;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Origin;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters that say which messages are meant. */
public record FilterQuery(
        @Parameter(description = "Name of an endpoint.") @Nullable
        String endpoint,

        @Parameter(description = "Id of a connection.") @Nullable
        String connection,

        @Parameter(description = "Which way, seen from Switchboard.", schema = @Schema(allowableValues = {"in", "out"}))
        @Nullable
        String direction,

        @Parameter(
                description = "Who made it. What comes in is always the peer's.",
                schema = @Schema(allowableValues = {"peer", "operator", "rule", "proxy", "scenario"}))
        @Nullable
        String origin,

        @Parameter(description = "Text whose UTF-8 bytes are in the payload, as they stand (case matters).") @Nullable
        String contains,

        @Parameter(
                description =
                        "Bytes that are in the payload, in hex. Spaces, commas, colons and 0x between bytes are forgiven.",
                example = "0d 0a")
        @Nullable
        String containsHex,

        @Parameter(description = "Not before this time (RFC 3339 with an offset).", example = "2026-08-01T12:00:00Z")
        @Nullable
        String since,

        @Parameter(description = "Before this time (RFC 3339 with an offset).", example = "2026-08-01T13:00:00Z")
        @Nullable
        String until) {

    /** The names of the parameters. */
    public static final List<String> NAMES =
            List.of("endpoint", "connection", "direction", "origin", "contains", "containsHex", "since", "until");

    /** The names, and those of other parameters of a call. */
    public static List<String> namesAnd(String... others) {
        return Stream.concat(NAMES.stream(), Stream.of(others)).toList();
    }

    /** @throws org.springframework.web.ErrorResponseException (400) for what can't be understood */
    public MessageFilter filter() {
        List<BytePattern> patterns = new ArrayList<>();
        if (contains != null) {
            patterns.add(pattern("contains", contains, PayloadEncoding.TEXT));
        }
        if (containsHex != null) {
            patterns.add(pattern("containsHex", containsHex, PayloadEncoding.HEX));
        }
        return new MessageFilter(
                endpoint,
                connection,
                StrictParameters.oneOf("direction", direction, Direction.values(), Direction::word),
                StrictParameters.oneOf("origin", origin, Origin.values(), Origin::word),
                patterns,
                TimeParameter.parse("since", since, Long.MIN_VALUE),
                TimeParameter.parse("until", until, Long.MAX_VALUE));
    }

    private static BytePattern pattern(String name, String text, PayloadEncoding encoding) {
        try {
            return BytePattern.of(encoding.decode(text));
        } catch (IllegalArgumentException e) {
            throw Problem.badParameter(name, String.valueOf(e.getMessage()));
        }
    }
}
