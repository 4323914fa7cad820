package dev.switchboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /ws/live}, as the page is one. Used by one thread. */
final class LiveFeed implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final WebSocket socket;

    LiveFeed(HttpClient client, int port, String query) {
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/live" + query), new Listener())
                .join();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                said.add(MAPPER.readTree(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    /** What the server says next, of that type. */
    JsonNode next(String type) throws InterruptedException {
        JsonNode message = said.poll(20, TimeUnit.SECONDS);
        assertThat(message).as("the server says something").isNotNull();
        assertThat(message.get("type").stringValue()).as(message.toString()).isEqualTo(type);
        return message;
    }

    /** The next batch, which is acknowledged. */
    JsonNode nextDrawn() throws InterruptedException {
        JsonNode batch = next("batch");
        acknowledge(batch);
        return batch;
    }

    /** Batches, acknowledged, up to the one that covers {@code id}. */
    List<JsonNode> drawnUpTo(long id) throws InterruptedException {
        List<JsonNode> batches = new ArrayList<>();
        do {
            batches.add(nextDrawn());
        } while (Long.parseLong(batches.getLast().get("to").stringValue()) < id);
        return batches;
    }

    void acknowledge(JsonNode batch) {
        say("{\"type\":\"ack\",\"to\":\"" + batch.get("to").stringValue() + "\"}");
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    void sayInBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Waits until the server has heard everything said so far. */
    void beHeard() throws InterruptedException {
        say("are you there?");
        next("error");
    }

    /** How the server closed it: status and reason. */
    String closed() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
