package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Step.Plain;
import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ends a connection can come to, one by one; each is also held to all that {@link Verdict} asks. */
class ConnectionEndsTest {

    private static final int FRAMES = 10_000;

    /** So many at a time that they may wait to be sent. */
    private static final int BATCH = 1_000;

    /** A kernel that takes the beginning of the first frame, and then no more. */
    private static final Faults STUCK = new Faults(List.of(30_000), List.of(100, Faults.NEVER), 0);

    static List<Framing> framings() {
        return Payloads.FRAMINGS;
    }

    private static Step peerWrites(int frames) {
        return new Step.PeerWrites(Collections.nCopies(frames, 5), List.of(1, 4_000, 17, 60_000), 0);
    }

    private static Dialogue through(Workbench workbench, Schedule schedule) throws Exception {
        Dialogue dialogue = new Dialogue(workbench, schedule);
        try (dialogue) {
            dialogue.run();
            new Verdict(dialogue).check();
        }
        return dialogue;
    }

    private static Dialogue through(Framing framing, boolean echo, List<Step> steps) throws Exception {
        return through(Workbench.onTheRealKernel(), new Schedule(framing, false, echo, Faults.NONE, steps));
    }

    // ------------------------------------------------------------------ half-close

    @ParameterizedTest
    @MethodSource("framings")
    void whatAPeerSendsAfterOurFinIsAllThere(Framing framing) throws Exception {
        Dialogue dialogue = through(framing, false, List.of(Plain.WE_HALF_CLOSE, Plain.SETTLE, peerWrites(FRAMES)));

        assertThat(dialogue.peerFrames(Integer.MAX_VALUE)).hasSize(FRAMES);
        assertThat(dialogue.log().kinds()).containsExactly(Kind.ACCEPTED, Kind.HALF_CLOSED, Kind.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void whatWeSendAfterAPeersFinAllArrives(Framing framing) throws Exception {
        List<Step> steps = new ArrayList<>(List.of(Plain.PEER_HALF_CLOSES, Plain.SETTLE));
        for (int sent = 0; sent < FRAMES; sent += BATCH) {
            steps.add(new Step.WeSend(Collections.nCopies(BATCH, 5)));
            steps.add(Plain.SETTLE);
        }
        Dialogue dialogue = through(framing, false, steps);

        assertThat(dialogue.submissions()).hasSize(FRAMES).allMatch(Submission::wasSent);
        assertThat(dialogue.log().frames(Direction.OUT)).hasSize(FRAMES);
        assertThat(dialogue.log().kinds())
                .containsExactly(Kind.ACCEPTED, Kind.PEER_HALF_CLOSED, Kind.HALF_CLOSED, Kind.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void whatCameBeforeAFinIsAllEchoedAfterIt(Framing framing) throws Exception {
        Dialogue dialogue = through(framing, true, List.of(peerWrites(FRAMES), Plain.PEER_HALF_CLOSES));

        assertThat(dialogue.peer().received()).hasSameSizeAs(dialogue.peerStream());
        assertThat(dialogue.log().kinds()).containsExactly(Kind.ACCEPTED, Kind.PEER_HALF_CLOSED, Kind.CLOSED);
    }

    // ------------------------------------------------------------------ resets

    /** Where a connection can be when a RST comes or goes. */
    enum Before {
        NOTHING(),
        TRAFFIC(peerWrites(3), new Step.WeSend(List.of(5, 5)), Plain.SETTLE),
        HALF_A_FRAME(new Step.PeerWrites(List.of(50), List.of(20), 10), Plain.SETTLE),
        OUR_FIN(Plain.WE_HALF_CLOSE, Plain.SETTLE),
        A_PEER_THAT_DOES_NOT_READ(Plain.PEER_PAUSES, new Step.WeSend(List.of(60_000, 60_000, 60_000)));

        @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
        private final List<Step> steps;

        Before(Step... steps) {
            this.steps = List.of(steps);
        }

        private List<Step> and(Step... more) {
            return Stream.concat(steps.stream(), Arrays.stream(more)).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aResetOfThePeerIsSeenAsAReset(Before before) throws Exception {
        Dialogue dialogue = through(new Framing.Lf(), false, before.and(Plain.PEER_RESETS));

        assertThat(dialogue.log().end().reason()).isEqualTo(CloseReason.PEER_RESET);
        assertThat(dialogue.log().end().call()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void aResetOfOursIsAResetForThePeer(Before before) throws Exception {
        Dialogue dialogue = through(new Framing.Lf(), false, before.and(Plain.WE_RESET));

        assertThat(dialogue.log().end().reason()).isEqualTo(CloseReason.LOCAL_RESET);
        assertThat(dialogue.log().end().call()).isEqualTo(Call.CLOSE);
        if (before != Before.OUR_FIN) {
            assertThat(dialogue.peer().end()).isEqualTo(ScriptedPeer.End.RESET);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "A_PEER_THAT_DOES_NOT_READ", mode = EnumSource.Mode.EXCLUDE, value = Before.class)
    void aResetOfOursAfterThePeersFinIsAResetForThePeer(Before before) throws Exception {
        List<Step> steps = before.and(Plain.PEER_HALF_CLOSES, Plain.SETTLE, Plain.WE_RESET);
        Dialogue dialogue = through(new Framing.Lf(), false, steps);

        if (before == Before.OUR_FIN) {
            assertThat(dialogue.log().end().reason()).isEqualTo(CloseReason.PEER_CLOSED);
        } else {
            assertThat(dialogue.log().end().reason()).isEqualTo(CloseReason.LOCAL_RESET);
            assertThat(dialogue.peer().end()).isEqualTo(ScriptedPeer.End.RESET);
        }
    }

    /** With both its sides closed the kernel tells nobody of a RST until something is written. */
    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "TRAFFIC", "HALF_A_FRAME"})
    void aResetAfterThePeersFinIsSeenOnceWeSend(Before before) throws Exception {
        List<Step> steps =
                before.and(Plain.PEER_HALF_CLOSES, Plain.SETTLE, Plain.PEER_RESETS, new Step.WeSend(List.of(1)));
        Dialogue dialogue = through(new Framing.Lf(), false, steps);

        assertThat(dialogue.log().end().reason()).isEqualTo(CloseReason.PEER_RESET);
        assertThat(dialogue.submissions().getLast().wasSent()).isFalse();
    }

    // ------------------------------------------------------------------ in the middle of a write

    static Stream<Arguments> breaksOfAWrite() {
        return Stream.of(
                Arguments.of(Plain.WE_RESET, CloseReason.LOCAL_RESET),
                Arguments.of(Plain.ENDPOINT_STOPS, CloseReason.ENDPOINT_STOPPED),
                Arguments.of(Plain.PEER_RESETS, CloseReason.PEER_RESET));
    }

    @ParameterizedTest
    @MethodSource("breaksOfAWrite")
    void aWriteThatCanNotFinishIsBrokenOffAndAllWhoSentAreTold(Plain how, CloseReason reason) throws Exception {
        Workbench workbench = Workbench.onAFaultyKernel();
        workbench.kernel().misbehave(STUCK);
        List<Step> steps = List.of(new Step.WeSend(List.of(1_000, 5)), peerWrites(3), how);
        try (Dialogue dialogue = new Dialogue(workbench, new Schedule(new Framing.Lf(), false, false, STUCK, steps))) {
            dialogue.run();

            assertThat(dialogue.log().end().reason()).isEqualTo(reason);
            assertThat(dialogue.submissions()).allMatch(one -> one.told() == 1 && !one.wasSent());
            assertThat(dialogue.log().bytes(Direction.OUT)).hasSizeLessThanOrEqualTo(100);
            assertThat(dialogue.known().bytesOut()).isEqualTo(dialogue.log().bytes(Direction.OUT).length);
            assertThat(dialogue.log().unfinished(Direction.OUT))
                    .hasSize(dialogue.known().bytesOut() == 0 ? 0 : 1);
        } finally {
            workbench.kernel().misbehave(Faults.NONE);
        }
    }
}
