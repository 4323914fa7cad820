package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchboard.framing.Framing;
import dev.switchboard.framing.UnframeableException;
import java.util.List;

/** Payloads that a framing can carry, no two of them alike. Used by one thread. */
final class Payloads {

    private static final int FIXED = 16;

    /** One of each kind, and each size of length. */
    static final List<Framing> FRAMINGS = List.of(
            new Framing.Raw(),
            new Framing.Lf(),
            new Framing.Crlf(),
            new Framing.Nul(),
            new Framing.Delimiter("-->".getBytes(ISO_8859_1)),
            new Framing.StxEtx(),
            new Framing.Length(1),
            new Framing.Length(2),
            new Framing.Length(4),
            new Framing.Fixed(FIXED),
            new Framing.Json());

    private final Framing framing;
    private final String stem;
    private int number;

    /** @param stem tells them from the payloads of others */
    Payloads(Framing framing, char stem) {
        this.framing = framing;
        this.stem = String.valueOf(stem);
    }

    /** @param size roughly */
    byte[] next(int size) {
        String name = stem + number++;
        String payload = switch (framing) {
            case Framing.Fixed fixed -> name + "-".repeat(fixed.size() - name.length());
            case Framing.Json json -> "{\"" + name + "\": [\"" + "]}\\\\".repeat(size / 4) + "\"]}";
            case Framing.Length length -> name + "-".repeat(length.bytes() == 1 ? Math.min(size, 200) : size);
            // A dash begins the delimiter, a carriage return that of crlf.
            default -> name + "-\r".repeat(size / 2) + "-";
        };
        return payload.getBytes(ISO_8859_1);
    }

    byte[] wire(byte[] payload) {
        try {
            return framing.frame(payload).wire();
        } catch (UnframeableException e) {
            throw new IllegalStateException(e);
        }
    }
}
