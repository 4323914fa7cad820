package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Board.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A peer that never reads costs a bounded amount of memory and the time of its own sender, and nobody else. */
class SlowPeerTest extends OnOneBoard {

    /** More than the kernel's buffers of both sides hold, so that the rest must wait here. */
    private static final byte[] MUCH = new byte[16 << 20];

    private Api.Answer stuff(Made made) {
        return api.post(made.messages(), "application/octet-stream", MUCH);
    }

    @Test
    void aSenderHearsInTimeThatThePeerDoesNotRead() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.narrow(made.port())) {
            String id = board.connection(made);
            JsonNode problem = stuff(made).problem(504);
            assertThat(problem.path("detail").asString()).contains("does not read");
            board.send(made, "payload", "no room").problem(429);
            board.close(id, "?how=reset").ok(204);
            assertThat(board.counters(made).path("framesOut").asInt()).isZero();
        }
    }

    @Test
    void whatWaitedIsTakenDownAsUnfinishedWhenTheConnectionEnds() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.narrow(made.port())) {
            String id = board.connection(made);
            stuff(made).problem(504);
            board.close(id, "?how=reset").ok(204);
            JsonNode closed = board.whenClosed(id);
            JsonNode message =
                    board.messages("direction=out&connection=" + id, 1).getFirst();
            assertThat(message.path("complete").asBoolean()).isFalse();
            assertThat(message.path("bytes").asLong())
                    .isEqualTo(closed.path("bytesOut").asLong());
            assertThat(closed.path("bytesOut").asLong()).isBetween(1L, MUCH.length - 1L);
        }
    }

    @Test
    void whatWaitedGoesOutOnceThePeerReads() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.narrow(made.port())) {
            board.connection(made);
            stuff(made).problem(504);
            assertThat(peer.read(MUCH.length)).isEqualTo(MUCH);
            board.send(made, "payload", "better").ok(200);
            assertThat(peer.readText(6)).isEqualTo("better");
            assertThat(board.counters(made).path("framesOut").asInt()).isEqualTo(2);
        }
    }

    @Test
    void anOrderlyCloseWaitsForItOnlySoLong() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.narrow(made.port())) {
            String id = board.connection(made);
            stuff(made).problem(504);
            board.close(id, "").ok(204);
            assertThat(board.connection(id).path("closeReason").asString()).isEqualTo("local-close");
            assertThat(board.event("connection=" + id, "closed").path("detail").asString())
                    .contains("did not read");
        }
    }

    @Test
    void aResetWhileWeCloseInOrderEndsItAtOnceAndOnce() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.narrow(made.port())) {
            String id = board.connection(made);
            stuff(made).problem(504);
            CompletableFuture<Api.Answer> closing = Meanwhile.ask(() -> board.close(id, ""));
            // Once closing is under way nothing more is taken to be sent, which is not for want of room any more.
            org.awaitility.Awaitility.await()
                    .atMost(Board.PATIENCE)
                    .until(() -> board.sendTo(id, "payload", "late").status() != 429);
            peer.reset();
            closing.get();
            assertThat(board.whenClosed(id).path("closeReason").asString()).isIn("peer-reset", "local-close");
            assertThat(Board.types(board.events("connection=" + id)))
                    .filteredOn(type -> type.equals("reset") || type.equals("closed"))
                    .hasSize(1);
        }
    }

    @Test
    void othersOfTheSameEndpointAreServedMeanwhile() throws Exception {
        Made made = board.server("framing", Api.object("type", "lf"), "onReceive", "echo");
        Made stuck = board.server();
        try (Peer never = Peer.narrow(stuck.port());
                Peer busy = Peer.connect(made.port())) {
            board.connection(stuck);
            CompletableFuture<Api.Answer> stuffing = Meanwhile.ask(() -> stuff(stuck));
            int rounds = 0;
            while (!stuffing.isDone()) {
                busy.send("ping\n");
                assertThat(busy.readText(5)).isEqualTo("ping\n");
                rounds++;
            }
            stuffing.get().problem(504);
            assertThat(rounds).isGreaterThan(10);
        }
    }

    @Test
    void sendingToAllTellsWhoGotItAndWhoDidNot() throws Exception {
        Made made = board.server();
        try (Peer never = Peer.narrow(made.port())) {
            String stuck = board.connection(made);
            stuff(made).problem(504);
            try (Peer fine = Peer.connect(made.port())) {
                board.openConnections(made, 2);
                JsonNode answer = board.send(made, "payload", "news").ok(200);
                assertThat(fine.readText(4)).isEqualTo("news");
                assertThat(answer.path("sent")).hasSize(1);
                assertThat(answer.path("failed").get(0).path("connection").asString())
                        .isEqualTo(stuck);
                assertThat(answer.path("failed").get(0).path("reason").asString())
                        .isNotBlank();
            }
            board.close(stuck, "?how=reset").ok(204);
        }
    }

    @Test
    void manySendersToItAreRefusedBeyondTheBound() throws Exception {
        Made made = board.server();
        try (Peer never = Peer.narrow(made.port())) {
            String id = board.connection(made);
            stuff(made).problem(504);
            List<CompletableFuture<Api.Answer>> asking = new ArrayList<>();
            IntStream.range(0, 20).forEach(i -> asking.add(Meanwhile.ask(() -> board.send(made, "payload", "x"))));
            for (CompletableFuture<Api.Answer> one : asking) {
                one.get().problem(429);
            }
            board.close(id, "?how=reset").ok(204);
        }
    }

    @Test
    void whatComesLastIsDroppedAndCountedWhereTheEndpointSaysSo() throws Exception {
        Made made = board.server("whenFull", "drop-newest");
        try (Peer peer = Peer.narrow(made.port())) {
            board.connection(made);
            stuff(made).problem(504);
            board.send(made, "payload", "dropped").problem(429);
            assertThat(board.counters(made).path("framesDropped").asInt()).isEqualTo(1);
            assertThat(peer.read(MUCH.length)).isEqualTo(MUCH);
            board.send(made, "payload", "taken").ok(200);
            assertThat(peer.readText(5)).isEqualTo("taken");
        }
    }

    @Test
    void theConnectionIsEndedWhereTheEndpointSaysSo() throws Exception {
        Made made = board.server("whenFull", "close");
        try (Peer never = Peer.narrow(made.port())) {
            String id = board.connection(made);
            stuff(made).problem(504);
            board.send(made, "payload", "too much").problem(429);
            JsonNode closed = board.whenClosed(id);
            assertThat(closed.path("closeReason").asString()).isEqualTo("io-error");
            assertThat(closed.path("closeDetail").asString()).contains("does not read");
        }
    }

    /** An echo stops reading from who does not read, so its answers do not pile up; and none of them is lost. */
    @Test
    void anEchoStopsReadingFromAPeerThatDoesNotRead() throws Exception {
        Made made = board.server("onReceive", "echo");
        try (Peer peer = Peer.narrow(made.port())) {
            String id = board.connection(made);
            CompletableFuture<Void> writing = Meanwhile.run(() -> {
                peer.send(MUCH).halfClose();
            });
            JsonNode stalled = stalled(id);
            long waiting =
                    stalled.path("bytesIn").asLong() - stalled.path("bytesOut").asLong();
            assertThat(waiting).isLessThan(2 << 20);
            assertThat(peer.readAll()).hasSize(MUCH.length);
            writing.get();
        }
    }

    /** Once its numbers no longer change from one look to the next. */
    private JsonNode stalled(String id) {
        JsonNode[] before = {board.connection(id)};
        return org.awaitility.Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(300))
                .atMost(Board.PATIENCE)
                .until(() -> board.connection(id), now -> {
                    boolean same = now.equals(before[0]) && now.path("bytesIn").asLong() > 0;
                    before[0] = now;
                    return same;
                });
    }
}
