package dev.switchboard.endpoint;

import dev.switchboard.framing.Framing;
import dev.switchboard.framing.FramingException;
import dev.switchboard.framing.UnframeableException;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Cutter;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import dev.switchboard.traffic.Outgoing.Receipt;
import dev.switchboard.traffic.Way;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one TCP connection, and all that happens on it.
 *
 * <pre>
 *             peer's FIN                         our FIN, linger over, nothing to send
 *   open ─────────────────► peer half-closed ───────────────────────────────────────────► ended
 *     │ our FIN                                                                             ▲
 *     └───────────────────► we half-closed ─────────────────────────────────────────────────┤ peer's FIN
 *     └──────────────────────────────── RST, I/O error, framing error, close ───────────────┘
 * </pre>
 *
 * <p>It belongs to its {@link Loop} whole: every method is called there, but for {@link #state}.
 */
final class Stream implements Loop.Ready {

    private static final Logger log = LoggerFactory.getLogger(Stream.class);

    /** How long an orderly close waits for a peer that does not read. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(3);

    private static final int DRAIN_READS = 256;

    /**
     * While more than this waits to be sent, nothing is read: whoever answers what comes in must not pile up answers.
     */
    private static final long PAUSE_READING_ABOVE = 1 << 20;

    /** Who is told what happens here. */
    interface Owner {

        /** A frame came in; what is sent meanwhile goes out with the answers to the frames after it. Must not throw. */
        void received(Frame frame);

        /** It ended, once; nothing comes after it. */
        void ended(CloseReason reason, @Nullable String closeDetail, long at);
    }

    private final SocketChannel channel;
    private final StreamContext context;
    private final Loops.Station station;
    private final ConnectionKey key;
    private final Way in;
    private final Tally tally;
    private final Owner owner;
    private final Framing framing;
    private final int framedAgainBy;
    private final Cutter cutter;
    private final SendQueue queue;
    private final Linger linger;
    private final long pauseAbove;
    private final long answersToOneRead;
    private @Nullable SelectionKey selection;
    private int holds;
    private boolean delivering;
    private @Nullable CloseReason closing;
    private boolean finishing;
    private boolean flushing;
    private boolean failing;
    private boolean uncut;
    private boolean inputEnded;
    private boolean outputEnding;
    private boolean outputEnded;
    private volatile Connection.State state = Connection.State.OPEN;

    Stream(
            SocketChannel channel,
            StreamContext context,
            Loops.Station station,
            ConnectionKey key,
            Tally tally,
            Owner owner) {
        this.channel = channel;
        this.context = context;
        this.station = station;
        this.key = key;
        this.in = new Way(key, Direction.IN);
        this.tally = tally;
        this.owner = owner;
        StreamSettings settings = context.settings();
        this.framing = settings.framing();
        this.framedAgainBy = framing.framedAgainBy();
        this.cutter = new Cutter(framing.decoder(settings.maxFrameBytes()), station.ends(), Origin.PEER);
        this.queue = new SendQueue(key, context.capture(), tally, station.sentEnds());
        this.linger = new Linger(station.loop());
        this.pauseAbove = Math.min(PAUSE_READING_ABOVE, settings.maxQueuedBytes() / 2);
        this.answersToOneRead = settings.maxFrameBytes() + (long) Loop.BUFFER_BYTES * (1 + SendQueue.FRAME_COST);
    }

    /** Any thread. */
    Connection.State state() {
        return state;
    }

    private boolean isOpen() {
        return state != Connection.State.CLOSED;
    }

    /** Begins to read. */
    void begin() throws IOException {
        selection = station.loop().register(channel, SelectionKey.OP_READ, this);
    }

    // ------------------------------------------------------------------ reading

    @Override
    public void ready(SelectionKey selected) throws IOException {
        if (selected.isReadable()) {
            read();
        }
        if (selected.isValid() && selected.isWritable()) {
            flush();
        }
    }

    @Override
    public void failed(Exception reason) {
        if (failing || !isOpen()) {
            return;
        }
        failing = true;
        // A RST takes nothing back that the kernel had received before.
        drainInput();
        String detail = String.valueOf(reason.getMessage());
        boolean reset = detail.contains("reset") || detail.contains("Broken pipe") || detail.contains("not connected");
        if (reset) {
            end(CloseReason.PEER_RESET, null, "the peer sent RST: " + detail, null);
        } else {
            context.counters().failed(ErrorKind.IO);
            end(CloseReason.IO_ERROR, Call.CLOSE, "I/O failed: " + detail, detail);
        }
    }

    private void read() throws IOException {
        if (context.capture().congested()) {
            station.rooms().waitForRoom(this);
            interested();
        } else if (readOnce() < 0) {
            peerHalfClosed();
        }
    }

    private int readOnce() throws IOException {
        ByteBuffer buffer = station.loop().buffer();
        int count = channel.read(buffer);
        if (count > 0) {
            byte[] bytes = new byte[count];
            buffer.flip().get(bytes);
            received(bytes);
        }
        return count;
    }

    private void received(byte[] bytes) {
        Cutter.Cut cut = cutter.cut(bytes);
        FramingException failure = cut.failure();
        uncut = failure != null;
        Chunk chunk = context.capture().moved(in, bytes, cut.ends().with(cut.straddler()));
        tally.in(bytes.length, chunk.frames(), chunk.at());
        deliver(chunk);
        if (failure != null) {
            framingError(failure);
        }
    }

    private void deliver(Chunk chunk) {
        delivering = true;
        try {
            for (int i = 0; i < chunk.frames(); i++) {
                owner.received(chunk.frame(i));
            }
        } finally {
            delivering = false;
        }
        flushQuietly();
    }

    private void framingError(FramingException failure) {
        context.counters().failed(ErrorKind.FRAMING);
        if (!isOpen()) {
            // Answering what came before it failed, and the end of a connection is the last that is told of it.
            return;
        }
        leaveTail();
        context.capture().connection(key, Kind.FRAMING_ERROR, null, String.valueOf(failure.getMessage()));
        end(CloseReason.FRAMING_ERROR, Call.CLOSE, "close(): the stream can't be cut into frames any further", null);
    }

    private void leaveTail() {
        byte[] leftover = cutter.leftover();
        if (leftover.length > 0) {
            context.capture().unfinished(key, Direction.IN, Origin.PEER, leftover);
        }
    }

    private void peerHalfClosed() {
        inputEnded = true;
        leaveTail();
        if (outputEnded) {
            end(
                    CloseReason.PEER_CLOSED,
                    Call.CLOSE,
                    "read() = 0: the peer sent FIN after ours; both sides are closed",
                    null);
            return;
        }
        state = Connection.State.HALF_CLOSED;
        context.capture()
                .connection(
                        key,
                        Kind.PEER_HALF_CLOSED,
                        null,
                        "read() = 0: the peer sent FIN and sends no more; we still may");
        interested();
        lingerAfterPeer();
    }

    /** A peer that closed cannot be told from one that only half-closed, so it is given time to hear us. */
    private void lingerAfterPeer() {
        if (!inputEnded || closing != null || !queue.isEmpty()) {
            return;
        }
        linger.set(context.settings().halfCloseLinger().get(), () -> {
            if (queue.isEmpty()) {
                end(
                        CloseReason.PEER_CLOSED,
                        Call.CLOSE,
                        "close(): the peer had sent FIN, and we had nothing to send",
                        null);
            }
        });
    }

    /**
     * Reads what the kernel has already, so that nothing that arrived is lost by closing; a peer that goes on is cut.
     */
    private void drainInput() {
        try {
            boolean more = !inputEnded;
            for (int reads = 0; more && !uncut && reads < DRAIN_READS && isOpen(); reads++) {
                more = readOnce() > 0;
            }
        } catch (IOException e) {
            log.debug("{}: nothing more to read", key.id(), e);
        }
    }

    // ------------------------------------------------------------------ writing

    /**
     * Takes a payload to be sent.
     *
     * @param receipt is told what becomes of it; in place of the one it has
     * @param admitted whether it came through the {@link SendGate}
     */
    void send(Outgoing outgoing, Receipt receipt, boolean admitted) {
        if (outputEnding || closing != null || !isOpen()) {
            receipt.failed(new IOException("connection " + key.id() + " takes nothing more to send"));
            return;
        }
        Frame again = outgoing.again();
        if (again != null && framesAlike(again)) {
            int payload = again.bytes();
            int from = again.from() - framedAgainBy;
            int trailer = again.wireBytes() - payload - framedAgainBy;
            queue.add(
                    again.array(),
                    from,
                    from + again.wireBytes(),
                    framedAgainBy,
                    trailer,
                    outgoing.origin(),
                    receipt,
                    admitted);
        } else {
            try {
                queue.add(framing.frame(outgoing.payload()), outgoing.origin(), receipt, admitted);
            } catch (UnframeableException e) {
                receipt.failed(e);
                return;
            }
        }
        linger.cancel();
        if (!delivering) {
            flushQuietly();
        }
    }

    /** Whether the bytes a frame was cut from are those that framing would make of its payload. */
    @SuppressWarnings("ReferenceEquality") // one object a connection
    private boolean framesAlike(Frame frame) {
        return framedAgainBy >= 0 && frame.connection() == key && frame.complete();
    }

    /** What waits and did not come through the {@link SendGate}. */
    long unadmittedWeight() {
        return queue.unadmittedWeight();
    }

    /** The same as of the last attempt to write. Any thread. */
    long unadmitted() {
        return queue.unadmitted();
    }

    private void flushQuietly() {
        try {
            flush();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void flush() throws IOException {
        if (flushing || failing || !isOpen()) {
            return;
        }
        flushing = true;
        try {
            write();
        } finally {
            flushing = false;
            queue.tell();
        }
        interested();
        if (queue.isEmpty()) {
            drained();
        }
    }

    /** Whoever gets a receipt may send again: that is taken along, in its turn. */
    private void write() throws IOException {
        boolean more = true;
        while (more && !queue.isEmpty()) {
            if (context.capture().congested()) {
                station.rooms().waitForRoom(this);
                return;
            }
            more = queue.write(channel, station.loop().buffer());
        }
    }

    private void drained() throws IOException {
        if (outputEnding && !outputEnded) {
            shutdownOurSide();
        }
        if (closing != null) {
            finishClose(closing);
        } else if (isOpen()) {
            lingerAfterPeer();
        }
    }

    /** Reads no more until {@link #releaseReading} was called as often. */
    void holdReading() {
        holds++;
        interested();
    }

    void releaseReading() {
        holds--;
        interested();
    }

    /** Goes on with what was left when the capture was full. */
    void roomAgain() {
        flushQuietly();
    }

    private void interested() {
        SelectionKey current = selection;
        if (current == null || !current.isValid()) {
            return;
        }
        boolean waits = station.rooms().isWaiting(this);
        int ops = 0;
        if (!inputEnded && !waits && holds == 0 && !tooMuchWaits()) {
            ops |= SelectionKey.OP_READ;
        }
        if (!queue.isEmpty() && !waits) {
            ops |= SelectionKey.OP_WRITE;
        }
        if (current.interestOps() != ops) {
            current.interestOps(ops);
        }
    }

    private boolean tooMuchWaits() {
        return context.settings().whenFull() == WhenFull.PAUSE_READING && queue.weight() >= pauseAbove;
    }

    /**
     * Whether there is room for an answer to what was read. Since reading pauses early, there always is, unless whoever
     * answers makes much of little.
     */
    boolean takesAnswers() {
        return queue.weight() <= pauseAbove + answersToOneRead;
    }

    // ------------------------------------------------------------------ ending

    /** More waits than may, and the endpoint says that this is the end. */
    void overflow(@Nullable String detail) {
        if (isOpen()) {
            context.counters().failed(ErrorKind.OVERFLOW);
            end(CloseReason.IO_ERROR, Call.CLOSE, "close(): " + detail, detail);
        }
    }

    /** Ends it in order: what waits to be sent goes out first, within a limit. */
    void close(CloseReason reason) {
        if (!isOpen() || closing != null) {
            return;
        }
        closing = reason;
        linger.cancel();
        if (queue.isEmpty()) {
            finishClose(reason);
        } else {
            station.loop().after(DRAIN_LIMIT, () -> {
                if (isOpen()) {
                    end(reason, Call.CLOSE, "close(): the peer did not read what was left to be sent in time", null);
                }
            });
        }
    }

    private void finishClose(CloseReason reason) {
        if (finishing) {
            return;
        }
        finishing = true;
        try {
            if (!outputEnded) {
                channel.shutdownOutput();
                outputEnded = true;
            }
        } catch (IOException e) {
            log.debug("{}: no FIN could be sent", key.id(), e);
        }
        drainInput();
        String why = reason == CloseReason.IDLE ? "; nothing was ever said here (switchboard.silent-timeout)" : "";
        end(reason, Call.CLOSE, "close(): FIN sent" + why, null);
    }

    /** Ends it at once; what waits to be sent is thrown away. */
    void reset() {
        try {
            if (isOpen()) {
                // A close with a linger time of zero is a RST (socket(7), SO_LINGER).
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            log.debug("{}: no linger could be set", key.id(), e);
        }
        end(CloseReason.LOCAL_RESET, Call.CLOSE, "close() with SO_LINGER 0: RST sent", null);
    }

    /** Sends our FIN after what waits to be sent; false when there is no side of ours left to close. */
    boolean halfClose() {
        if (!isOpen() || outputEnding || closing != null) {
            return false;
        }
        outputEnding = true;
        flushQuietly();
        return true;
    }

    private void shutdownOurSide() throws IOException {
        long shutting = System.nanoTime();
        channel.shutdownOutput();
        long took = System.nanoTime() - shutting;
        outputEnded = true;
        state = Connection.State.HALF_CLOSED;
        context.capture()
                .connection(
                        key,
                        Kind.HALF_CLOSED,
                        Call.SHUTDOWN,
                        "shutdown(SHUT_WR): FIN sent; the peer may still send",
                        took);
        if (inputEnded) {
            end(CloseReason.PEER_CLOSED, Call.CLOSE, "close(): both sides had sent FIN", null);
        }
    }

    /** The only way out; what comes after the first call changes nothing. */
    private void end(CloseReason reason, @Nullable Call call, String detail, @Nullable String closeDetail) {
        if (!isOpen()) {
            return;
        }
        state = Connection.State.CLOSED;
        linger.cancel();
        station.rooms().forget(this);
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("{}: close failed", key.id(), e);
        }
        leaveTail();
        queue.abandon(new IOException("connection " + key.id() + " ended: " + reason.word()));
        owner.ended(
                reason,
                closeDetail,
                context.capture().ended(key, call, detail, reason).at());
    }
}
