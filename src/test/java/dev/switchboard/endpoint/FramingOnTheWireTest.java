package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class FramingOnTheWireTest extends OnOneBoard {

    /**
     * @param payload as sent over the API, escaped
     * @param wire what of it crosses the wire
     */
    record Case(Map<String, Object> framing, String payload, String wire) {
        @Override
        public String toString() {
            return framing.toString();
        }
    }

    static Stream<Case> framings() {
        return Stream.of(
                new Case(object("type", "raw"), "as it is\\n", "as it is\n"),
                new Case(object("type", "lf"), "line\\r", "line\r\n"),
                new Case(object("type", "crlf"), "line", "line\r\n"),
                new Case(object("type", "nul"), "text", "text\0"),
                new Case(object("type", "delimiter", "delimiter", "\\x1c\\r"), "MSH|^~", "MSH|^~\u001c\r"),
                new Case(object("type", "stx-etx"), "R1", "\u0002R1\u0003"),
                new Case(object("type", "length", "bytes", 1), "abc", "\3abc"),
                new Case(object("type", "length", "bytes", 2), "abc", "\0\3abc"),
                new Case(object("type", "length", "bytes", 4), "abc", "\0\0\0\3abc"),
                new Case(object("type", "fixed", "size", 4), "four", "four"),
                new Case(object("type", "json"), "{\"a\":[1]}", "{\"a\":[1]}"));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void framesWhatGoesOut(Case framing) throws Exception {
        Made made = board.server("framing", framing.framing());
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            board.send(made, "payload", framing.payload(), "encoding", "escaped")
                    .ok(200);
            assertThat(peer.readText(framing.wire().length())).isEqualTo(framing.wire());
            JsonNode message =
                    board.messages("direction=out&endpoint=" + made.name(), 1).getFirst();
            assertThat(message.path("payload").asString()).isEqualTo(framing.payload());
            assertThat(message.path("wireBytes").asInt())
                    .isEqualTo(framing.wire().length());
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void cutsWhatComesInHoweverItArrives(Case framing) throws Exception {
        Made made = board.server("framing", framing.framing());
        boolean raw = framing.framing().get("type").equals("raw");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            peer.send(raw ? framing.wire() : framing.wire().repeat(2));
            board.payloadsIn(made, raw ? 1 : 2);
            if (!raw) {
                for (char octet : framing.wire().toCharArray()) {
                    peer.send(String.valueOf(octet));
                }
            }
            int count = raw ? 1 : 3;
            assertThat(board.payloadsIn(made, count))
                    .hasSize(count)
                    .allMatch(payload -> payload.equals(framing.payload()));
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void echoesThroughTheSameFraming(Case framing) throws Exception {
        Made made = board.server("framing", framing.framing(), "onReceive", "echo");
        try (Peer peer = Peer.connect(made.port())) {
            String wire = framing.wire().repeat(50);
            peer.send(wire);
            assertThat(peer.readText(wire.length())).isEqualTo(wire);
            assertThat(board.messages("direction=out&endpoint=" + made.name(), 1))
                    .allMatch(message -> message.path("origin").asString().equals("rule"));
        }
    }

    @Test
    void rawShowsEachReadAtOnceWithoutAnyDelimiter() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            for (String part : List.of("a", "bc", "\0", "no end in sight")) {
                int before = board.counters(made).path("framesIn").asInt();
                peer.send(part);
                board.payloadsIn(made, before + 1);
            }
            assertThat(board.payloadsIn(made, 4)).containsExactly("a", "bc", "\\0", "no end in sight");
        }
    }

    @Test
    void aFrameOverTheMaximumEndsItsConnectionAndWhatCameBeforeStays() throws Exception {
        Made made = board.server("framing", object("type", "lf"), "maxFrameBytes", 8);
        try (Peer peer = Peer.connect(made.port());
                Peer bystander = Peer.connect(made.port())) {
            board.openConnections(made, 2);
            peer.send("12345678\nok\n123456789\n");
            JsonNode event = board.event("endpoint=" + made.name(), "framing-error");
            assertThat(event.path("detail").asString())
                    .contains("offset 20")
                    .contains("8 bytes")
                    .contains("line feed");
            assertThat(event.path("call").isNull()).isTrue();
            String id = event.path("connection").asString();
            assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("framing-error");
            assertThat(board.messages("direction=in&connection=" + id, 3))
                    .extracting(
                            message -> message.path("payload").asString(),
                            message -> message.path("complete").asBoolean())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("12345678", true),
                            org.assertj.core.groups.Tuple.tuple("ok", true),
                            org.assertj.core.groups.Tuple.tuple("123456789\\n", false));
            assertThat(Board.types(board.events("connection=" + id)))
                    .containsExactly("accepted", "framing-error", "closed");
            bystander.send("fine\n");
            assertThat(board.payloadsIn(made, 4)).contains("fine");
        }
        assertThat(board.counters(made).path("errors").asInt()).isEqualTo(1);
    }

    @Test
    void whatWasEchoedBeforeAFramingErrorStillArrives() throws Exception {
        Made made = board.server("framing", object("type", "stx-etx"), "onReceive", "echo");
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("\u0002good\u0003bad");
            assertThat(peer.readText(6)).isEqualTo("\u0002good\u0003");
            assertThat(board.event("endpoint=" + made.name(), "framing-error")
                            .path("detail")
                            .asString())
                    .contains("offset 6")
                    .contains("STX");
        }
    }

    @Test
    void whatWasLeftOfAFrameAtTheEndIsShownAsIncomplete() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("whole\nhal").halfClose();
            List<JsonNode> messages = board.messages("direction=in&endpoint=" + made.name(), 2);
            assertThat(messages.get(1).path("payload").asString()).isEqualTo("hal");
            assertThat(messages.get(1).path("complete").asBoolean()).isFalse();
        }
        assertThat(board.counters(made).path("framesIn").asInt()).isEqualTo(1);
    }

    @Test
    void aMillionBytesInOneFrameArriveWhole() throws Exception {
        Made made = board.server("framing", object("type", "length", "bytes", 4), "onReceive", "echo");
        byte[] payload = new byte[1 << 20];
        new java.util.Random(7).nextBytes(payload);
        try (Peer peer = Peer.connect(made.port())) {
            CompletableFuture<Void> sending = Meanwhile.run(() -> {
                try {
                    peer.send(new byte[] {0, 0x10, 0, 0}).send(payload);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(peer.read(4)).isEqualTo(new byte[] {0, 0x10, 0, 0});
            assertThat(peer.read(payload.length)).isEqualTo(payload);
            sending.get();
            JsonNode message =
                    board.messages("direction=in&endpoint=" + made.name(), 1).getFirst();
            byte[] kept = api.get("/api/messages/" + message.path("id").asString() + "/payload")
                    .body();
            assertThat(kept).isEqualTo(payload);
        }
    }

    @Test
    void framesKeepTheirOrderInBothDirections() throws Exception {
        Made made = board.server("framing", object("type", "lf"), "onReceive", "echo");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append(i).append('\n');
        }
        try (Peer peer = Peer.connect(made.port())) {
            peer.send(lines.toString());
            assertThat(new String(peer.read(lines.length()), ISO_8859_1)).isEqualTo(lines.toString());
            List<String> expected = lines.toString().lines().toList();
            assertThat(board.payloadsIn(made, 500)).isEqualTo(expected);
            assertThat(board.payloads("direction=out&endpoint=" + made.name(), 500))
                    .isEqualTo(expected);
        }
    }
}
