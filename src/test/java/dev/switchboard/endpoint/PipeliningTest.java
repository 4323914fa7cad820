package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.EndpointSpec.OnReceive;
import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipeliningTest {

    private static final int CONNECTIONS = 64;
    private static final int LINES = 2_000;

    private static List<String> lines(int connection) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> connection + "/" + line)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sixtyFourConnectionsThatDoNotWaitForAnswersKeepTheirOrder(boolean faulty) throws Exception {
        Workbench workbench = faulty ? Workbench.onAFaultyKernel() : Workbench.onTheRealKernel();
        if (faulty) {
            workbench.kernel().misbehave(new Faults(List.of(900, 1, 4_000), List.of(1, 0, 700, 5_000), 4));
        }
        String name = Board.fresh("pipelined");
        List<ScriptedPeer> peers = new ArrayList<>();
        try (TrafficLog log = workbench.log(name)) {
            int port = workbench.listen(name, new Framing.Lf(), OnReceive.ECHO);
            for (int i = 0; i < CONNECTIONS; i++) {
                peers.add(ScriptedPeer.connect(port));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                peers.get(i).write((String.join("\n", lines(i)) + "\n").getBytes(ISO_8859_1));
                peers.get(i).halfClose();
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(peers.get(i).end()).isEqualTo(ScriptedPeer.End.FIN);
                assertThat(new String(peers.get(i).received(), ISO_8859_1).lines())
                        .isEqualTo(lines(i));
            }
            log.until("all have ended", () -> log.ended() == CONNECTIONS);
            inOrder(log, Direction.IN);
            inOrder(log, Direction.OUT);
            answersFollowQuestions(log);
            eachEventOnce(log);
        } finally {
            if (faulty) {
                workbench.kernel().misbehave(Faults.NONE);
            }
            for (ScriptedPeer peer : peers) {
                peer.close();
            }
            workbench.endpoints().delete(name);
        }
    }

    private static Map<String, List<Frame>> byConnection(TrafficLog log, Direction direction) {
        Map<String, List<Frame>> frames = new HashMap<>();
        for (Chunk chunk : log.chunks(direction)) {
            List<Frame> its = frames.computeIfAbsent(chunk.connection().id(), id -> new ArrayList<>());
            IntStream.range(0, chunk.frames()).forEach(i -> its.add(chunk.frame(i)));
        }
        assertThat(frames).hasSize(CONNECTIONS);
        return frames;
    }

    private static void inOrder(TrafficLog log, Direction direction) {
        byConnection(log, direction).values().forEach(frames -> {
            List<String> texts = frames.stream()
                    .map(frame -> new String(frame.payload(), ISO_8859_1))
                    .toList();
            int connection = Integer.parseInt(texts.getFirst().split("/")[0]);
            assertThat(texts).isEqualTo(lines(connection));
        });
    }

    private static void answersFollowQuestions(TrafficLog log) {
        Map<String, List<Frame>> answers = byConnection(log, Direction.OUT);
        byConnection(log, Direction.IN).forEach((id, questions) -> {
            for (int i = 0; i < questions.size(); i++) {
                assertThat(answers.get(id).get(i).id())
                        .isGreaterThan(questions.get(i).id());
            }
        });
    }

    private static void eachEventOnce(TrafficLog log) {
        Map<String, List<Kind>> kinds = new HashMap<>();
        for (LifeCycle step : log.steps()) {
            if (step.connection() != null) {
                kinds.computeIfAbsent(step.connection().id(), id -> new ArrayList<>())
                        .add(step.kind());
            }
        }
        assertThat(kinds).hasSize(CONNECTIONS);
        assertThat(kinds.values())
                .allSatisfy(its -> assertThat(its).containsExactly(Kind.ACCEPTED, Kind.PEER_HALF_CLOSED, Kind.CLOSED));
    }

    @Test
    void whoCanNotAcceptForWantOfDescriptorsSaysSoOnceWaitsAndGoesOn() throws Exception {
        Workbench workbench = Workbench.onAFaultyKernel();
        String name = Board.fresh("starved");
        try (TrafficLog log = workbench.log(name)) {
            int port = workbench.listen(name, new Framing.Lf(), OnReceive.ECHO);
            for (int round = 1; round <= 2; round++) {
                long seen = round;
                workbench.kernel().failAccepts(2);
                try (Peer peer = Peer.connect(port)) {
                    peer.send("hello\n");
                    assertThat(peer.readText(6)).isEqualTo("hello\n");
                }
                log.until("it was closed", () -> log.ended() == seen);
                List<LifeCycle> failures = log.steps().stream()
                        .filter(step -> step.kind() == Kind.FAILED)
                        .toList();
                assertThat(failures).hasSize(round);
                assertThat(failures.getLast().call()).isEqualTo(Call.ACCEPT);
                assertThat(failures.getLast().detail())
                        .contains(FaultyKernel.NO_DESCRIPTORS)
                        .contains("trying again");
                assertThat(workbench.endpoints().get(name).totals().errors())
                        .as("attempts that failed, none of them in haste")
                        .isEqualTo(2L * round);
            }
        } finally {
            workbench.kernel().failAccepts(0);
            workbench.endpoints().delete(name);
        }
    }
}
