package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchboard.process.Wrong;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Sends over the API to a peer, and gets its reply. */
final class Operators implements Trouble {

    private static final int QUESTIONS = 20;

    @Override
    public int workers() {
        return 2;
    }

    @Override
    public void once(Field field) throws Exception {
        try (Line peer = Line.to(field, "quiet")) {
            String path = "/api/connections/" + peer.id(field) + "/messages";
            for (int i = 0; i < QUESTIONS && !field.isOver(); i++) {
                String question = "question " + field.random().nextLong();
                CompletableFuture<JsonNode> asking = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> {
                    try {
                        asking.complete(field.api().post(path, Map.of("payload", question, "awaitReply", "50s"), 200));
                    } catch (Exception e) {
                        asking.completeExceptionally(e);
                    }
                });
                peer.expect((question + "\n").getBytes(US_ASCII));
                peer.send(("reply to " + question + "\n").getBytes(US_ASCII));
                JsonNode answer = asking.get();
                Wrong.unless(
                        answer.path("reply").path("payload").asString().equals("reply to " + question),
                        "'%s' was answered with %s",
                        question,
                        answer);
                field.tally().checked.increment();
            }
            peer.halfClose();
        }
    }
}
