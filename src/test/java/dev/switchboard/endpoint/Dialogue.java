package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.OnReceive;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes one real connection through a {@link Schedule}, to its end, and keeps what both sides and all onlookers saw of
 * it. Used by one thread.
 */
final class Dialogue implements AutoCloseable {

    private final Workbench workbench;
    private final Schedule schedule;
    private final String name = Board.fresh("dialogue");
    private final TrafficLog log;
    private final Queue<Frame> delivered;
    private final Payloads theirs;
    private final Payloads ours;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final List<byte[]> peerPayloads = new ArrayList<>();
    private final List<Integer> peerEnds = new ArrayList<>();
    private final List<Submission> submissions = new ArrayList<>();
    private final List<CompletableFuture<Outcome>> operators = new ArrayList<>();
    private final List<byte[]> operatorPayloads = new ArrayList<>();
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();
    private final ScriptedPeer peer;
    private final OpenConnection connection;
    private int written;
    private boolean peerPaused;
    private boolean peerFinished;
    private boolean weFinished;
    private boolean broken;
    private int submittedInTime;
    private EndpointStatus.@Nullable Totals totals;

    Dialogue(Workbench workbench, Schedule schedule) throws Exception {
        this.workbench = workbench;
        this.schedule = schedule;
        this.log = workbench.log(name);
        this.delivered = workbench.delivered(name);
        this.theirs = new Payloads(schedule.framing(), 'p');
        this.ours = new Payloads(schedule.framing(), 'w');
        this.peer = connect();
        Kind opened = schedule.weConnect() ? Kind.CONNECTED : Kind.ACCEPTED;
        log.until("it is open", () -> log.saw(opened));
        this.connection = workbench.registry().openOf(name).getFirst();
    }

    private OnReceive onReceive(boolean echo) {
        return echo ? OnReceive.ECHO : OnReceive.NONE;
    }

    private ScriptedPeer connect() throws IOException {
        OnReceive onReceive = onReceive(schedule.echo());
        if (schedule.weConnect()) {
            return ScriptedPeer.accept(
                    port -> workbench.endpoints().create(Workbench.client(name, port, schedule.framing(), onReceive)));
        }
        return ScriptedPeer.narrow(workbench.listen(name, schedule.framing(), onReceive));
    }

    // ------------------------------------------------------------------ what happens

    void run() throws Exception {
        List<Step> breaks = schedule.breaks();
        for (Step step : schedule.steps()) {
            if (!broken && breaks.contains(step)) {
                broken = true;
                submittedInTime = submissions.size();
            }
            take(step);
        }
        finish();
    }

    private void take(Step step) throws Exception {
        switch (step) {
            case Step.PeerWrites writes -> peerWrites(writes);
            case Step.WeSend send -> send.sizes().forEach(this::weSend);
            case Step.OperatorSends sends -> operatorSends(sends.size());
            case Step.Plain plain -> take(plain);
        }
    }

    private void take(Step.Plain step) throws Exception {
        switch (step) {
            case PEER_PAUSES -> {
                peer.pause();
                peerPaused = true;
            }
            case PEER_READS -> peerReads();
            case ECHO_ON -> workbench.endpoints().replace(redefined(true));
            case ECHO_OFF -> workbench.endpoints().replace(redefined(false));
            case SETTLE -> settle();
            case PEER_HALF_CLOSES -> peerFinishes();
            case WE_HALF_CLOSE -> {
                underWay.add(connection.halfClose());
                weFinished = true;
            }
            case PEER_CLOSES -> {
                peer.close();
                peerFinished = true;
            }
            case PEER_RESETS -> {
                peer.reset();
                peerFinished = true;
            }
            case WE_CLOSE -> underWay.add(connection.close(CloseReason.LOCAL_CLOSE));
            case WE_RESET -> underWay.add(connection.reset());
            case ENDPOINT_STOPS ->
                underWay.add(Meanwhile.ask(() -> workbench.endpoints().stop(name)));
        }
    }

    private EndpointSpec redefined(boolean echo) {
        EndpointSpec now = workbench.endpoints().get(name).spec();
        return switch (now) {
            case EndpointSpec.TcpClient client ->
                Workbench.client(name, client.remote().port(), schedule.framing(), onReceive(echo));
            default -> Workbench.server(name, schedule.framing(), onReceive(echo));
        };
    }

    private void peerWrites(Step.PeerWrites step) {
        if (peerFinished) {
            return;
        }
        for (int size : step.sizes()) {
            byte[] payload = theirs.next(size);
            stream.writeBytes(theirs.wire(payload));
            peerPayloads.add(payload);
            peerEnds.add(stream.size());
        }
        byte[] all = stream.toByteArray();
        int to = Math.max(written, all.length - step.heldBack());
        for (int i = 0; written < to; i++) {
            int piece =
                    Math.min(to - written, step.pieces().get(i % step.pieces().size()));
            peer.write(Arrays.copyOfRange(all, written, written + piece));
            written += piece;
        }
    }

    private void peerFinishes() {
        if (!peerFinished) {
            peerFinished = true;
            peer.halfClose();
        }
    }

    private void peerReads() {
        peer.resume();
        peerPaused = false;
    }

    private void weSend(int size) {
        byte[] payload = ours.next(size);
        Submission submission = new Submission(payload, ours.wire(payload).length);
        submissions.add(submission);
        workbench.send(connection, payload, submission);
    }

    private void operatorSends(int size) {
        byte[] payload = ours.next(size);
        operatorPayloads.add(payload);
        operators.add(Meanwhile.ask(
                () -> workbench.sender().toConnection(connection.key().id(), Order.of(payload, Origin.OPERATOR))));
    }

    /** Where nothing keeps it from coming, all comes. */
    private void settle() throws InterruptedException {
        if (peerPaused || broken) {
            return;
        }
        log.until("the peer's bytes are in", () -> log.bytesIn() == written);
        log.until("who sends was told", this::allTold);
        if (peerFinished) {
            log.until("the peer's FIN is seen", () -> log.saw(Kind.PEER_HALF_CLOSED) || log.ended() > 0);
        }
        if (weFinished) {
            log.until("our FIN is sent", () -> log.saw(Kind.HALF_CLOSED) || log.ended() > 0);
        }
    }

    private boolean allTold() {
        return submissions.stream().allMatch(one -> one.told() > 0)
                && operators.stream().allMatch(CompletableFuture::isDone);
    }

    /** Whatever is left open is ended in order: by the peer first, and then by us. */
    private void finish() throws Exception {
        peerReads();
        if (schedule.endsByItself()) {
            log.until("it has ended by itself", () -> log.ended() > 0);
        }
        peerFinishes();
        log.until("the peer's end is seen", () -> log.saw(Kind.PEER_HALF_CLOSED) || log.ended() > 0);
        underWay.add(connection.halfClose());
        log.until("it has ended", () -> log.ended() > 0);
        // Nothing is left to close, but this tells when all is put away.
        underWay.add(connection.close(CloseReason.LOCAL_CLOSE));
        for (CompletableFuture<?> one : underWay) {
            settled(one);
        }
        log.until("who sends was told", this::allTold);
        totals = workbench.endpoints().get(name).totals();
        workbench.endpoints().delete(name);
        peer.end();
        log.readOn();
    }

    /** Whether it could be done is not of interest here, but that it does not hang. */
    private static void settled(CompletableFuture<?> one) throws Exception {
        try {
            one.get(Board.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RefusedException)) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        peer.close();
        workbench.deliversNoMore(name);
        log.close();
        try {
            workbench.endpoints().delete(name);
        } catch (RefusedException e) {
            // It is gone already, as it should be.
        }
    }

    // ------------------------------------------------------------------ what was seen

    String name() {
        return name;
    }

    Workbench workbench() {
        return workbench;
    }

    Schedule schedule() {
        return schedule;
    }

    TrafficLog log() {
        return log;
    }

    ScriptedPeer peer() {
        return peer;
    }

    List<Frame> delivered() {
        return List.copyOf(delivered);
    }

    byte[] wire(byte[] payload) {
        return ours.wire(payload);
    }

    /** What the peer wrote, as far as it got. */
    byte[] peerStream() {
        return Arrays.copyOf(stream.toByteArray(), written);
    }

    /** The payloads of the frames that are whole in so many bytes of the peer's stream. */
    List<byte[]> peerFrames(int bytes) {
        return peerPayloads.subList(
                0, (int) peerEnds.stream().filter(end -> end <= bytes).count());
    }

    /** Where the last frame ends that is whole in so many bytes of the peer's stream. */
    int lastPeerEnd(int bytes) {
        return peerEnds.stream().filter(end -> end <= bytes).reduce(0, (before, end) -> end);
    }

    List<Submission> submissions() {
        return submissions;
    }

    /** How many of them were sent before anything broke the connection off. */
    int submittedInTime() {
        return submittedInTime;
    }

    List<CompletableFuture<Outcome>> operators() {
        return operators;
    }

    List<byte[]> operatorPayloads() {
        return operatorPayloads;
    }

    /** What the endpoint had counted when the connection had ended. */
    EndpointStatus.Totals totals() {
        return Objects.requireNonNull(totals);
    }

    /** What the registry remembers of it. */
    Connection known() {
        return workbench.registry().find(connection.key().id()).orElseThrow();
    }
}
