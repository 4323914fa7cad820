package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** Cuts a stream written as text, one char a byte, so that examples can be read. */
final class Cutting {

    private Cutting() {}

    /** The payloads of the complete frames. */
    static List<String> cut(Framing framing, String stream) throws FramingException {
        return cut(framing.decoder(1024), stream);
    }

    /** The same, with a decoder that has seen nothing yet. */
    static List<String> cut(Decoder decoder, String stream) throws FramingException {
        List<String> payloads = new ArrayList<>();
        int[] start = {0};
        byte[] bytes = stream.getBytes(ISO_8859_1);
        decoder.decode(bytes, 0, bytes.length, (end, header, trailer) -> {
            payloads.add(stream.substring(start[0] + header, end - trailer));
            start[0] = end;
        });
        return payloads;
    }
}
