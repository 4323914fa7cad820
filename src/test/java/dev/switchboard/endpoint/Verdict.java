package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endpoint.Step.Plain;
import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What must be true of a {@link Dialogue} that has come to its end, as far as its schedule says. After a break only
 * beginnings can be foretold: how much of what was under way came through is the kernel's affair.
 */
final class Verdict {

    private final Dialogue dialogue;
    private final Schedule schedule;
    private final TrafficLog log;
    private final byte[] in;
    private final byte[] out;
    private final List<Frame> framesIn;
    private final List<Frame> framesOut;

    Verdict(Dialogue dialogue) {
        this.dialogue = dialogue;
        this.schedule = dialogue.schedule();
        this.log = dialogue.log();
        this.in = log.bytes(Direction.IN);
        this.out = log.bytes(Direction.OUT);
        this.framesIn = log.frames(Direction.IN);
        this.framesOut = log.frames(Direction.OUT);
    }

    void check() throws Exception {
        whatCameIn();
        whatWentOut();
        whatWasEchoed();
        whatSendersWereTold();
        whatThePeerSaw();
        howItEnded();
        whatWasCounted();
    }

    private boolean orderly() {
        return schedule.breaks().isEmpty();
    }

    // ------------------------------------------------------------------ bytes and frames

    private void whatCameIn() {
        byte[] written = dialogue.peerStream();
        begins(in, written);
        if (orderly()) {
            assertThat(in.length).isEqualTo(written.length);
        }
        assertThat(dialogue.delivered()).isEqualTo(framesIn);
        assertThat(framesIn).allMatch(frame -> frame.origin() == Origin.PEER && frame.complete());
        List<Unfinished> rest = log.unfinished(Direction.IN);
        if (schedule.framing() instanceof Framing.Raw) {
            assertThat(joined(payloads(framesIn))).isEqualTo(in);
            assertThat(rest).isEmpty();
            return;
        }
        assertThat(payloads(framesIn)).containsExactlyElementsOf(dialogue.peerFrames(in.length));
        byte[] left = Arrays.copyOfRange(in, dialogue.lastPeerEnd(in.length), in.length);
        assertThat(joined(rest.stream().map(Unfinished::wire).toList())).isEqualTo(left);
        assertThat(rest).hasSize(left.length == 0 ? 0 : 1);
    }

    private void whatWentOut() {
        List<byte[]> wires =
                new ArrayList<>(payloads(framesOut).stream().map(dialogue::wire).toList());
        for (int i = 0; i < wires.size(); i++) {
            assertThat(framesOut.get(i).wireBytes()).isEqualTo(wires.get(i).length);
        }
        List<Unfinished> rest = log.unfinished(Direction.OUT);
        assertThat(rest).hasSizeLessThan(orderly() ? 1 : 2);
        rest.forEach(one -> {
            wires.add(one.wire());
            assertThat(notSent()).anyMatch(wire -> isStrictBeginning(one.wire(), wire));
        });
        assertThat(joined(wires)).isEqualTo(out);
    }

    /** The wire bytes of all that could be left half-written. */
    private Stream<byte[]> notSent() {
        return Stream.of(
                        dialogue.submissions().stream()
                                .filter(one -> !one.wasSent())
                                .map(Submission::payload),
                        dialogue.operatorPayloads().stream(),
                        payloads(framesIn).stream())
                .flatMap(one -> one)
                .map(dialogue::wire);
    }

    private static boolean isStrictBeginning(byte[] beginning, byte[] whole) {
        return beginning.length > 0
                && beginning.length < whole.length
                && Arrays.equals(beginning, 0, beginning.length, whole, 0, beginning.length);
    }

    private void whatWasEchoed() {
        List<Frame> echoed = framesOut.stream()
                .filter(frame -> frame.origin() == Origin.RULE)
                .toList();
        if (schedule.neverEchoes()) {
            assertThat(echoed).isEmpty();
        }
        int asked = 0;
        for (Frame answer : echoed) {
            byte[] payload = answer.payload();
            while (asked < framesIn.size() && !Arrays.equals(framesIn.get(asked).payload(), payload)) {
                asked++;
            }
            assertThat(asked).as("index of what is echoed").isLessThan(framesIn.size());
            assertThat(answer.id()).isGreaterThan(framesIn.get(asked++).id());
        }
        if (schedule.alwaysEchoes()) {
            assertThat(asked).as("nothing was left out").isEqualTo(echoed.size());
            if (orderly()) {
                assertThat(echoed).hasSameSizeAs(framesIn);
            }
        }
    }

    // ------------------------------------------------------------------ receipts

    private void whatSendersWereTold() throws Exception {
        SortedMap<Long, byte[]> sent = new TreeMap<>();
        long before = 0;
        for (Submission one : dialogue.submissions()) {
            assertThat(one.told()).as("times its sender was told").isEqualTo(1);
            if (one.wasSent()) {
                assertThat(one.messageId()).as("in the order of sending").isGreaterThan(before);
                assertThat(one.wireBytes()).isEqualTo(one.wireLength());
                before = one.messageId();
                sent.put(one.messageId(), one.payload());
            }
        }
        for (int i = 0; i < dialogue.operators().size(); i++) {
            CompletableFuture<Outcome> one = dialogue.operators().get(i);
            if (!one.isCompletedExceptionally()) {
                sent.put(
                        one.get().sent().getFirst().messageId(),
                        dialogue.operatorPayloads().get(i));
            }
        }
        List<Frame> operators = framesOut.stream()
                .filter(frame -> frame.origin() == Origin.OPERATOR)
                .toList();
        assertThat(operators).extracting(Frame::id).isEqualTo(List.copyOf(sent.keySet()));
        operators.forEach(frame -> assertThat(frame.payload()).isEqualTo(sent.get(frame.id())));
        if (mustAllBeSent()) {
            List<Submission> due = dialogue.submissions()
                    .subList(0, orderly() ? dialogue.submissions().size() : dialogue.submittedInTime());
            assertThat(due).allMatch(Submission::wasSent);
        }
    }

    /**
     * An end in order waits for what was sent before it; only a half-close of ours, or too much at once, forbids more.
     */
    private boolean mustAllBeSent() {
        boolean inOrder =
                orderly() || schedule.onlyBreaksBy(Plain.WE_CLOSE) || schedule.onlyBreaksBy(Plain.ENDPOINT_STOPS);
        int most = dialogue.submissions().stream()
                .mapToInt(one -> one.wireLength() + SendQueue.FRAME_COST)
                .sum();
        int others = dialogue.operatorPayloads().stream()
                .mapToInt(one -> one.length + SendQueue.FRAME_COST)
                .sum();
        return inOrder
                && !schedule.has(Plain.WE_HALF_CLOSE)
                && schedule.neverEchoes()
                && most + others < Workbench.MAX_QUEUED;
    }

    // ------------------------------------------------------------------ the other side

    private void whatThePeerSaw() throws Exception {
        byte[] received = dialogue.peer().received();
        ScriptedPeer.End end = dialogue.peer().end();
        begins(received, out);
        if (end == ScriptedPeer.End.FIN) {
            assertThat(received.length).as("bytes before our FIN").isEqualTo(out.length);
        }
        if (orderly()) {
            assertThat(end).isEqualTo(ScriptedPeer.End.FIN);
        }
        CloseReason reason = reason();
        boolean byPeer = schedule.has(Plain.PEER_CLOSES) || schedule.has(Plain.PEER_RESETS);
        if (reason == CloseReason.LOCAL_RESET && !byPeer && !log.saw(Kind.HALF_CLOSED)) {
            assertThat(end).isEqualTo(ScriptedPeer.End.RESET);
        }
        boolean closed = schedule.onlyBreaksBy(Plain.WE_CLOSE) || schedule.onlyBreaksBy(Plain.ENDPOINT_STOPS);
        if (closed && in.length == dialogue.peerStream().length) {
            assertThat(end).as("nothing was left unread").isEqualTo(ScriptedPeer.End.FIN);
        }
    }

    private CloseReason reason() {
        CloseReason reason = log.end().reason();
        assertThat(reason).isNotNull();
        return reason;
    }

    // ------------------------------------------------------------------ events and counters

    private void howItEnded() {
        List<Kind> kinds = log.kinds();
        assertThat(kinds)
                .doesNotHaveDuplicates()
                .startsWith(schedule.weConnect() ? Kind.CONNECTED : Kind.ACCEPTED)
                .isSubsetOf(
                        kinds.getFirst(),
                        Kind.PEER_HALF_CLOSED,
                        Kind.HALF_CLOSED,
                        log.end().kind());
        assertThat(lastOfConnection()).isSameAs(log.end());
        assertThat(log.end().kind())
                .isEqualTo(
                        reason() == CloseReason.PEER_RESET || reason() == CloseReason.LOCAL_RESET
                                ? Kind.RESET
                                : Kind.CLOSED);
        assertThat(reason()).isIn(reasons());
        if (orderly() && !schedule.has(Plain.WE_HALF_CLOSE)) {
            assertThat(kinds).contains(Kind.PEER_HALF_CLOSED);
        }
        if (!schedule.has(Plain.WE_HALF_CLOSE) && schedule.endsByItself() && !schedule.peerFinishes()) {
            assertThat(kinds).doesNotContain(Kind.HALF_CLOSED, Kind.PEER_HALF_CLOSED);
        }
    }

    private TrafficEvent lastOfConnection() {
        return log.events().stream()
                .filter(event -> !(event instanceof LifeCycle step && step.connection() == null))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    private Set<CloseReason> reasons() {
        Set<CloseReason> reasons = EnumSet.noneOf(CloseReason.class);
        schedule.breaks().forEach(one -> {
            switch (one) {
                case Plain.PEER_CLOSES, Plain.PEER_RESETS -> reasons.add(CloseReason.PEER_RESET);
                case Plain.WE_CLOSE -> reasons.add(CloseReason.LOCAL_CLOSE);
                case Plain.WE_RESET -> reasons.add(CloseReason.LOCAL_RESET);
                default -> reasons.add(CloseReason.ENDPOINT_STOPPED);
            }
        });
        if (orderly() || schedule.peerFinishes()) {
            reasons.add(CloseReason.PEER_CLOSED);
        }
        return reasons;
    }

    private void whatWasCounted() {
        Connection known = dialogue.known();
        assertThat(known.state()).isEqualTo(Connection.State.CLOSED);
        assertThat(known.closeReason()).isEqualTo(reason());
        assertThat(List.of(known.bytesIn(), known.bytesOut(), known.framesIn(), known.framesOut()))
                .containsExactly((long) in.length, (long) out.length, (long) framesIn.size(), (long) framesOut.size());
        EndpointStatus.Totals totals = dialogue.totals();
        assertThat(List.of(totals.bytesIn(), totals.bytesOut(), totals.framesIn(), totals.framesOut()))
                .containsExactly((long) in.length, (long) out.length, (long) framesIn.size(), (long) framesOut.size());
        assertThat(totals.connectionsTotal()).isEqualTo(1);
        assertThat(totals.connectionsOpen()).isZero();
        assertThat(totals.errors()).isZero();
        assertThat(totals.framesDropped()).isZero();
        assertThat(totals.captureGap()).isZero();
    }

    // ------------------------------------------------------------------

    private static void begins(byte[] part, byte[] whole) {
        assertThat(part.length).isLessThanOrEqualTo(whole.length);
        int first = Arrays.mismatch(part, Arrays.copyOf(whole, part.length));
        assertThat(first).as("index of the first byte that is another").isEqualTo(-1);
    }

    private static List<byte[]> payloads(List<Frame> frames) {
        return IntStream.range(0, frames.size())
                .mapToObj(i -> frames.get(i).payload())
                .toList();
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
