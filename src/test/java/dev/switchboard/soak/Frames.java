package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.switchboard.process.Api;
import dev.switchboard.process.Wrong;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionTimeoutException;
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

    /** Sees that history has those of a connection in that direction, each once and in order; it may lag behind. */
    void areInHistory(Api api, String connection, String direction) throws Exception {
        AtomicReference<List<byte[]>> found = new AtomicReference<>(List.of());
        try {
            await().atMost(Api.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .pollInSameThread()
                    .until(() -> {
                        found.set(inHistory(api, connection, direction));
                        return found.get().size() >= payloads.size();
                    });
        } catch (ConditionTimeoutException e) {
            // What is missing is said below.
        }
        same(found.get(), payloads.size(), connection + " " + direction);
    }

    /** The same after the end of the process; the last of them, from {@code atLeast} on, may be missing. */
    void survived(Api api, String connection, String direction, int atLeast) throws Exception {
        same(inHistory(api, connection, direction), atLeast, connection + " " + direction);
    }

    private static List<byte[]> inHistory(Api api, String connection, String direction) throws Exception {
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
        return found;
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
                    Arrays.equals(found.get(i), payloads.get(i)),
                    "%s: frame %d of %d is not in its place in history",
                    where,
                    i,
                    found.size());
        }
    }
}
