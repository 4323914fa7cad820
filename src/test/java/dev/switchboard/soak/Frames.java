package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Frames no two of which are alike, as they look on the wire in a framing, and what history must have of them. */
final class Frames {

    private static final int MAX_FILLING = 200;

    /** How a frame is told from the next. */
    enum Wire {
        LF,
        LENGTH,
        RAW;

        private byte[] frame(byte[] payload) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            if (this == LENGTH) {
                wire.write(payload.length >> 8);
                wire.write(payload.length);
            }
            wire.writeBytes(payload);
            if (this == LF) {
                wire.write('\n');
            }
            return wire.toByteArray();
        }
    }

    private final Wire wire;
    private final Random random;
    private final List<byte[]> payloads = new ArrayList<>();

    Frames(Wire wire, Random random) {
        this.wire = wire;
        this.random = random;
    }

    /** As many more, on the wire. */
    byte[] next(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            String filling = Character.toString('a' + random.nextInt(26)).repeat(random.nextInt(MAX_FILLING));
            byte[] payload = (payloads.size() + " " + random.nextLong() + " " + filling).getBytes(US_ASCII);
            payloads.add(payload);
            bytes.writeBytes(wire.frame(payload));
        }
        return bytes.toByteArray();
    }

    int count() {
        return payloads.size();
    }

    /** Sees that history has those of a connection in that direction, each once and in order. */
    void areInHistory(Api api, String connection, String direction) throws Exception {
        areInHistory(api, connection, direction, payloads.size());
    }

    /** The same, where the last of them may be missing: those from {@code atLeast} on. */
    void areInHistory(Api api, String connection, String direction, int atLeast) throws Exception {
        String filter = "/api/messages?limit=1000&encoding=base64&connection=" + connection + "&direction=" + direction;
        List<byte[]> found = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = api.get(filter + before);
            Wrong.unless(page.path("captureGap").asLong() == 0, "%s: history says that frames are missing", connection);
            for (JsonNode message : page.path("items")) {
                // What was left of a frame when the connection ended is none.
                if (message.path("complete").asBoolean()) {
                    found.addFirst(
                            Base64.getDecoder().decode(message.path("payload").asString()));
                }
            }
            before = page.path("next").isNull()
                    ? null
                    : "&before=" + page.path("next").asString();
        } while (before != null);
        same(found, atLeast, connection + " " + direction);
    }

    private void same(List<byte[]> found, int atLeast, String where) throws Wrong {
        Wrong.unless(
                found.size() >= atLeast && found.size() <= payloads.size(),
                "%s: history has %d frames of %d",
                where,
                found.size(),
                atLeast);
        for (int i = 0; i < found.size(); i++) {
            Wrong.unless(
                    java.util.Arrays.equals(found.get(i), payloads.get(i)),
                    "%s: frame %d of %d is not in its place in history",
                    where,
                    i,
                    found.size());
        }
    }
}
