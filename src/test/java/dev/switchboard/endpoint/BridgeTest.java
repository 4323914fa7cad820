package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.endpoint.Board.Made;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BridgeTest extends OnOneBoard {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What came out of a WebSocket. */
    private static final class Ears implements WebSocket.Listener {

        private final BlockingQueue<byte[]> binary = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> text = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private final StringBuilder textPart = new StringBuilder();

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            part.writeBytes(bytes);
            if (last) {
                binary.add(part.toByteArray());
                part.reset();
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            textPart.append(data);
            if (last) {
                text.add(textPart.toString());
                textPart.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }

        String frame() throws InterruptedException {
            byte[] frame = binary.poll(20, TimeUnit.SECONDS);
            assertThat(frame).as("a binary frame").isNotNull();
            return new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1);
        }

        int closeStatus() throws Exception {
            return closed.get(20, TimeUnit.SECONDS);
        }
    }

    private WebSocket join(String connection, Ears ears) {
        return CLIENT.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + api.port() + "/ws/connections/" + connection), ears)
                .join();
    }

    @Test
    void carriesFramesBothWays() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            Ears ears = new Ears();
            WebSocket socket = join(id, ears);
            peer.send("one\ntwo\n");
            assertThat(ears.frame()).isEqualTo("one");
            assertThat(ears.frame()).isEqualTo("two");
            socket.sendText("from a browser", true).join();
            assertThat(peer.readText(15)).isEqualTo("from a browser\n");
            socket.sendBinary(ByteBuffer.wrap(new byte[] {0, (byte) 0xff}), true)
                    .join();
            assertThat(peer.read(3)).isEqualTo(new byte[] {0, (byte) 0xff, '\n'});
            socket.sendBinary(ByteBuffer.wrap(new byte[] {'a'}), false).join();
            socket.sendBinary(ByteBuffer.wrap(new byte[] {'b'}), true).join();
            assertThat(peer.readText(3)).isEqualTo("ab\n");
            assertThat(board.messages("direction=out&connection=" + id, 3))
                    .allMatch(message -> message.path("origin").asString().equals("operator"));
            socket.abort();
        }
    }

    @Test
    void whenThePeerClosesSoDoesTheWebSocketAfterTheLastFrame() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            Ears ears = new Ears();
            join(board.connection(made), ears);
            peer.send("last words\n").close();
            assertThat(ears.frame()).isEqualTo("last words");
            assertThat(ears.closeStatus()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }
    }

    @Test
    void whenTheWebSocketClosesSoDoesTheConnection() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            WebSocket socket = join(id, new Ears());
            socket.sendText("bye", true).join();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            assertThat(peer.readText(3)).isEqualTo("bye");
            peer.seesFin();
            assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("local-close");
        }
    }

    @Test
    void whenTheWebSocketBreaksOffSoDoesTheConnection() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            WebSocket socket = join(board.connection(made), new Ears());
            socket.abort();
            peer.seesFin();
        }
    }

    @Test
    void twoMayListenToOneConnection() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            Ears one = new Ears();
            Ears two = new Ears();
            join(id, one);
            join(id, two);
            peer.send("both\n");
            assertThat(one.frame()).isEqualTo("both");
            assertThat(two.frame()).isEqualTo("both");
            board.close(id, "?how=reset").ok(204);
            assertThat(one.closeStatus()).isEqualTo(WebSocket.NORMAL_CLOSURE);
            assertThat(two.closeStatus()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        }
    }

    @Test
    void whatCanNotBeSentIsAnsweredInTextAndTheBridgeStays() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            Ears ears = new Ears();
            WebSocket socket = join(board.connection(made), ears);
            socket.sendText("two\nlines", true).join();
            String problem = ears.text.poll(20, TimeUnit.SECONDS);
            assertThat(problem).contains("\"type\":\"error\"").contains("payload");
            socket.sendText("fine", true).join();
            assertThat(peer.readText(5)).isEqualTo("fine\n");
            socket.abort();
        }
    }

    @Test
    void anUnknownConnectionIsRefusedAndSoIsAClosedOne() throws Exception {
        refused("nobody", 404);
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            board.close(id, "?how=reset").ok(204);
            refused(id, 409);
            peer.seesReset();
        }
    }

    private void refused(String id, int status) {
        assertThatThrownBy(() -> join(id, new Ears()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void joinsADatagramPeerToo() throws Exception {
        Made made = board.udp();
        try (PostBox box = PostBox.open()) {
            box.send(made.port(), "knock");
            Ears ears = new Ears();
            WebSocket socket = join(board.connection(made), ears);
            box.send(made.port(), "card");
            assertThat(ears.frame()).isEqualTo("card");
            socket.sendText("answer", true).join();
            assertThat(box.receive().text()).isEqualTo("answer");
            socket.abort();
        }
    }

    /** It is hung up on, and neither the peer nor the process suffers. */
    @Test
    void aWebSocketThatDoesNotReadIsNotWaitedFor() throws Exception {
        Made made = board.server("framing", object("type", "length", "bytes", 4));
        try (Peer peer = Peer.connect(made.port())) {
            String id = board.connection(made);
            // Never asks for more than nothing.
            WebSocket socket = CLIENT.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + api.port() + "/ws/connections/" + id),
                            new WebSocket.Listener() {
                                @Override
                                public void onOpen(WebSocket webSocket) {}
                            })
                    .join();
            int frames = 40;
            byte[] frame = new byte[4 + (1 << 19)];
            frame[1] = 8;
            for (int i = 0; i < frames; i++) {
                peer.send(frame);
            }
            JsonNode known = board.whenConnection(
                    id, connection -> connection.path("framesIn").asInt() == frames);
            assertThat(known.path("state").asString()).isIn("open", "closed");
            socket.abort();
            board.whenClosed(id);
        }
    }
}
