package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.each;
import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.net.DatagramSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SendingTest extends OnOneBoard {

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void appliesTheFramingAndTellsWhatWasSent() throws Exception {
        Made made = board.framed("type", "crlf");
        try (Peer peer = Peer.connect(made.port())) {
            String connection = board.connection(made);
            JsonNode answer = board.send(made, "payload", "PING").ok(200);

            assertThat(peer.readText(6)).isEqualTo("PING\r\n");
            JsonNode sent = answer.path("sent").get(0);
            assertThat(answer.path("sent")).hasSize(1);
            assertThat(sent.path("connection").asString()).isEqualTo(connection);
            assertThat(sent.path("bytes").asInt()).isEqualTo(4);
            assertThat(sent.path("messageId").asString()).matches("\\d{16}");
            assertThat(answer.path("reply").isNull()).isTrue();
            JsonNode message =
                    board.messages("direction=out&connection=" + connection, 1).getFirst();
            assertThat(message.path("id")).isEqualTo(sent.path("messageId"));
            assertThat(message.path("payload").asString()).isEqualTo("PING");
            assertThat(message.path("origin").asString()).isEqualTo("operator");
            assertThat(message.path("wireBytes").asInt()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text,Grüß,477267c3bcc39f",
        "escaped,a\\r\\n\\x00\\\\,610d0a005c",
        "hex,'0x0d 0A,ff:00',0d0aff00",
        "base64,3q2+7w==,deadbeef"
    })
    void takesAPayloadInEveryEncoding(String encoding, String payload, String expectedHex) throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            String expected = encoding.equals("text") ? "4772c3bcc39f" : expectedHex;
            board.send(made, "payload", payload, "encoding", encoding).ok(200);
            byte[] bytes = peer.read(expected.length() / 2);
            assertThat(java.util.HexFormat.of().formatHex(bytes)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"application/octet-stream", "text/plain", "text/plain;charset=utf-16"})
    void takesABareBodyByteForByte(String type) throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String connection = board.connection(made);
            api.post(made.messages(), type, everyByte()).ok(200);
            assertThat(peer.read(256)).isEqualTo(everyByte());
            api.post("/api/connections/" + connection + "/messages", type, everyByte())
                    .ok(200);
            assertThat(peer.read(256)).isEqualTo(everyByte());
        }
    }

    @Test
    void sendsToEveryOpenConnectionOfAServer() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer one = Peer.connect(made.port());
                Peer two = Peer.connect(made.port());
                Peer three = Peer.connect(made.port())) {
            List<String> ids = board.openConnections(made, 3).stream()
                    .map(connection -> connection.path("id").asString())
                    .toList();
            JsonNode answer = board.send(made, "payload", "all").ok(200);
            for (Peer peer : List.of(one, two, three)) {
                assertThat(peer.readText(4)).isEqualTo("all\n");
            }
            assertThat(each(answer.path("sent")).stream()
                            .map(sent -> sent.path("connection").asString()))
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void sendsToOneConnectionAlone() throws Exception {
        Made made = board.server();
        try (Peer one = Peer.connect(made.port())) {
            String id = board.connection(made);
            try (Peer two = Peer.connect(made.port())) {
                board.openConnections(made, 2);
                board.sendTo(id, "payload", "only you").ok(200);
                assertThat(one.readText(8)).isEqualTo("only you");
                board.drop(made);
                assertThat(two.readAll()).isEmpty();
            }
        }
    }

    @Test
    void withNobodyToSendToItIsAConflict() {
        Made made = board.server();
        board.send(made, "payload", "x").problem(409);
        api.post(made.path() + "/stop").ok(200);
        board.send(made, "payload", "x").problem(409);
    }

    // ------------------------------------------------------------------ replies

    @Test
    void givesTheNextFrameInAsReply() throws Exception {
        Made made = board.framed("type", "crlf");
        try (Peer peer = Peer.connect(made.port())) {
            String connection = board.connection(made);
            peer.send("before\r\n");
            board.payloads("connection=" + connection, 1);
            CompletableFuture<Api.Answer> asking =
                    Meanwhile.ask(() -> board.send(made, "payload", "PING", "awaitReply", "20s"));
            assertThat(peer.readText(6)).isEqualTo("PING\r\n");
            peer.send("+PONG\r\n+MORE\r\n");

            JsonNode answer = asking.get().ok(200);
            assertThat(answer.path("reply").path("payload").asString()).isEqualTo("+PONG");
            assertThat(answer.path("reply").path("direction").asString()).isEqualTo("in");
            assertThat(answer.path("reply").path("connection").asString()).isEqualTo(connection);
            assertThat(answer.path("reply").path("id").asString())
                    .isGreaterThan(answer.path("sent").get(0).path("messageId").asString());
        }
    }

    @Test
    void writesTheReplyInTheEncodingAskedFor() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            CompletableFuture<Api.Answer> asking = Meanwhile.ask(() -> api.post(
                    made.messages() + "?awaitReply=20s&encoding=hex", "application/octet-stream", new byte[] {1}));
            peer.read(1);
            peer.send(new byte[] {(byte) 0xca, (byte) 0xfe});
            JsonNode reply = asking.get().ok(200).path("reply");
            assertThat(reply.path("payload").asString().replace(" ", "")).isEqualToIgnoringCase("cafe");
            assertThat(reply.path("encoding").asString()).isEqualTo("hex");
        }
    }

    @Test
    void saysWhenNoReplyCameAndWhatWasSentStaysRecorded() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            board.send(made, "payload", "anybody?", "awaitReply", "100ms").problem(504);
            assertThat(peer.readText(9)).isEqualTo("anybody?\n");
            assertThat(board.payloads("direction=out&endpoint=" + made.name(), 1))
                    .containsExactly("anybody?");
        }
    }

    @Test
    void doesNotWaitForAReplyFromAPeerThatIsGone() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            CompletableFuture<Api.Answer> asking =
                    Meanwhile.ask(() -> board.send(made, "payload", "PING", "awaitReply", "5m"));
            peer.read(5);
            peer.reset();
            JsonNode problem = asking.get().problem(504);
            assertThat(problem.path("detail").asString()).contains("ended");
        }
    }

    // ------------------------------------------------------------------ repeating

    @Test
    void repeatsAtAnInterval() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            JsonNode answer = board.send(made, "payload", "tick", "repeat", 5, "interval", "20ms")
                    .ok(200);
            assertThat(peer.readText(25)).isEqualTo("tick\n".repeat(5));
            List<JsonNode> sent = each(answer.path("sent"));
            assertThat(sent).hasSize(5);
            List<String> at = board.messages("direction=out&endpoint=" + made.name(), 5).stream()
                    .map(message -> message.path("at").asString())
                    .toList();
            java.time.Duration took = java.time.Duration.between(
                    java.time.Instant.parse(at.getFirst()), java.time.Instant.parse(at.getLast()));
            assertThat(took).isGreaterThan(java.time.Duration.ofMillis(60));
        }
    }

    @Test
    void stopsRepeatingOnceThePeerIsGoneAndSaysHowFarItCame() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            CompletableFuture<Api.Answer> asking =
                    Meanwhile.ask(() -> board.send(made, "payload", "tick", "repeat", 10_000, "interval", "10ms"));
            peer.read(10);
            peer.reset();
            JsonNode answer = asking.get().ok(200);
            assertThat(answer.path("sent").size()).isBetween(2, 9_999);
            assertThat(answer.path("failed")).hasSize(1);
        }
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        Made made = board.server();
        board.send(made, "payload", "x", "repeat", 0).problem(422, "repeat");
        board.send(made, "payload", "x", "repeat", 10_001).problem(422, "repeat");
        board.send(made, "payload", "x", "repeat", 10_000, "interval", "1m").problem(422, "interval");
        board.send(made, "payload", "x", "awaitReply", "0s").problem(422, "awaitReply");
        board.send(made, "payload", "x", "awaitReply", "soon").problem(422, "awaitReply");
        board.send(made, "payload", "x", "interval", "-1s").problem(422, "interval");
        board.send(made, "payload", "x", "repeat", "often").problem(400, "repeat");
    }

    @Test
    void whatCanNotBeReadIsNamed() {
        Made made = board.server();
        board.send(made, "payload", "zz", "encoding", "hex").problem(422, "payload");
        board.send(made, "payload", "x", "encoding", "rot13").problem(422, "encoding");
        board.send(made, "payloda", "x").problem(400, "payloda");
        board.send(made).problem(422, "payload");
        board.send(made, "payload", "x", "to", "127.0.0.1:9").problem(422, "to");
        api.post(made.messages(), "application/x-www-form-urlencoded", "x=1".getBytes())
                .problem(415);
    }

    @Test
    void aPayloadThatTheFramingCanNotCarryIsRefused() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            board.send(made, "payload", "a\nb").problem(422, "payload");
            board.send(made, "payload", "whole").ok(200);
            assertThat(peer.readText(6)).isEqualTo("whole\n");
        }
    }

    // ------------------------------------------------------------------ datagrams

    @Test
    void sendsADatagramFromTheVerySocketThatReceives() throws Exception {
        Made made = board.udp();
        try (PostBox box = PostBox.open()) {
            JsonNode answer =
                    board.send(made, "payload", "postcard", "to", box.address()).ok(200);
            PostBox.Postcard card = box.receive();
            assertThat(card.text()).isEqualTo("postcard");
            assertThat(card.from()).isEqualTo(made.port());
            assertThat(answer.path("sent").get(0).path("bytes").asInt()).isEqualTo(8);

            box.send(made.port(), "thanks");
            assertThat(board.payloadsIn(made, 1)).containsExactly("thanks");
            String peer = board.connection(made);
            board.sendTo(peer, "payload", "welcome").ok(200);
            card = box.receive();
            assertThat(card.text()).isEqualTo("welcome");
            assertThat(card.from()).isEqualTo(made.port());
            api.post(made.messages() + "?to=" + box.address(), "text/plain", "plain".getBytes())
                    .ok(200);
            assertThat(box.receive().text()).isEqualTo("plain");
        }
    }

    @Test
    void sendsToTheRemoteOfTheEndpointUnlessToldOtherwise() throws Exception {
        try (PostBox usual = PostBox.open();
                PostBox other = PostBox.open()) {
            Made made = board.udp("remote", usual.address());
            board.send(made, "payload", "a").ok(200);
            board.send(made, "payload", "b", "to", other.address()).ok(200);
            assertThat(usual.receive().text()).isEqualTo("a");
            assertThat(other.receive().text()).isEqualTo("b");
        }
    }

    @Test
    void aDatagramNeedsADestinationThatCanBeReached() {
        Made made = board.udp();
        board.send(made, "payload", "x").problem(422, "to");
        board.send(made, "payload", "x", "to", "nowhere").problem(422, "to");
        board.send(made, "payload", "x", "to", "127.0.0.1:0").problem(422, "to");
        board.send(made, "payload", "x", "to", "no-such-host.invalid:9").problem(422, "to");
        board.send(made, "payload", "x", "to", "169.254.169.254:80").problem(422, "to");
    }

    @Test
    void takesDatagramsOfEveryLengthWholeAndEmptyOnesToo() throws Exception {
        Made made = board.udp("onReceive", "echo");
        try (PostBox box = PostBox.open()) {
            for (int length : new int[] {0, 1, 2_049, UdpSocket.MAX_PAYLOAD}) {
                byte[] payload = new byte[length];
                java.util.Arrays.fill(payload, (byte) length);
                box.send(made.port(), payload);
                assertThat(box.receive().payload()).isEqualTo(payload);
            }
            assertThat(board.messages("direction=in&endpoint=" + made.name(), 4))
                    .extracting(message -> message.path("bytes").asInt())
                    .containsExactly(0, 1, 2_049, UdpSocket.MAX_PAYLOAD);
            api.post(
                            made.messages() + "?to=" + box.address(),
                            "application/octet-stream",
                            new byte[UdpSocket.MAX_PAYLOAD + 1])
                    .problem(413, "payload");
        }
    }

    @Test
    void awaitsTheReplyOfADatagramPeer() throws Exception {
        Made made = board.udp();
        try (PostBox box = PostBox.open()) {
            CompletableFuture<Api.Answer> asking =
                    Meanwhile.ask(() -> board.send(made, "payload", "who?", "to", box.address(), "awaitReply", "20s"));
            PostBox.Postcard card = box.receive();
            box.send(card.from(), "me");
            assertThat(asking.get().ok(200).path("reply").path("payload").asString())
                    .isEqualTo("me");
        }
    }

    @Test
    void aDatagramToAnotherFamilyOfAddressesIsRefusedInWords() throws Exception {
        Made made = board.udp();
        try (DatagramSocket ignored = new DatagramSocket()) {
            JsonNode problem =
                    board.send(made, "payload", "x", "to", "[2001:db8::1]:9").problem(422);
            assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("to");
        }
    }

    /** An echo that answers an echo would never end. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "0.0.0.0:0"})
    void anEchoDoesNotAnswerAnEchoOfOurOwn(String bind) throws Exception {
        Made echo = board.make(object("name", Board.fresh("echo"), "type", "udp", "bind", bind, "onReceive", "echo"));
        Made other = board.udp("onReceive", "echo");
        try (PostBox box = PostBox.open()) {
            board.send(echo, "payload", "to myself", "to", "127.0.0.1:" + echo.port())
                    .ok(200);
            board.send(other, "payload", "to another", "to", "127.0.0.1:" + echo.port())
                    .ok(200);
            box.send(echo.port(), "from outside");
            assertThat(box.receive().text()).isEqualTo("from outside");
            assertThat(board.payloadsIn(echo, 3)).containsExactly("to myself", "to another", "from outside");
            assertThat(board.counters(echo).path("framesOut").asInt()).isEqualTo(2);
            assertThat(board.counters(other).path("framesIn").asInt()).isZero();
        }
    }

    @Test
    void anEmptyPayloadGoesWhereTheFramingCanCarryIt() throws Exception {
        Made lines = board.framed("type", "lf");
        Made raw = board.server();
        try (Peer peer = Peer.connect(lines.port());
                Peer other = Peer.connect(raw.port())) {
            board.connection(lines);
            board.connection(raw);
            board.send(lines, "payload", "").ok(200);
            assertThat(peer.readText(1)).isEqualTo("\n");
            board.send(raw, "payload", "").problem(422, "payload");
            api.post(lines.messages(), "text/plain", new byte[0]).ok(200);
            assertThat(peer.readText(1)).isEqualTo("\n");
            other.close();
        }
    }
}
