package dev.switchboard.endpoint;

import dev.switchboard.framing.Decoder;
import dev.switchboard.framing.Framed;
import dev.switchboard.framing.FramingException;
import dev.switchboard.framing.UnframeableException;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/**
 * One TCP connection, Spring Integration's view of it and ours.
 *
 * <pre>
 *             peer's FIN                         our FIN, linger over, nothing to send
 *   open ─────────────────► peer half-closed ───────────────────────────────────────────► ended
 *     │ our FIN                                                                             ▲
 *     └───────────────────► we half-closed ─────────────────────────────────────────────────┤ peer's FIN
 *     └──────────────────────────────── RST, I/O error, framing error, close ───────────────┘
 * </pre>
 *
 * <p>Its state belongs to its {@link Loop}. {@link #send} and the methods of {@link OpenConnection} may be called by any
 * thread and hand over to it.
 */
final class StreamConnection extends TcpConnectionSupport implements Loop.Ready, OpenConnection {

    private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);

    /** How long an orderly close waits for a peer that does not read. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(3);

    private static final int DRAIN_READS = 256;

    /** While more than this waits to be sent, nothing is read: whoever answers what comes in must not pile up answers. */
    private static final long PAUSE_READING_ABOVE = 1 << 20;

    private final SocketChannel channel;
    private final StreamContext context;
    private final Loops.Station station;
    private final ConnectionKey key;
    private final long sequence;
    private final Consumer<StreamConnection> onEnd;
    private final MessageHeaders headers;
    private final Tally tally;
    private final Decoder decoder;
    private final FrameEnds.Builder ends = new FrameEnds.Builder();
    private final Tail tail = new Tail();
    private final SendQueue queue;
    /** Bytes accepted by {@link #send} and not yet handed over, wherever they are. */
    private final AtomicLong accepted = new AtomicLong();

    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private @Nullable SelectionKey selection;
    private Loop.@Nullable Timer linger;
    private boolean delivering;
    private @Nullable CloseReason closing;
    private boolean finishing;
    private boolean inputEnded;
    private boolean outputEnding;
    private boolean outputEnded;
    private volatile Connection.State state = Connection.State.OPEN;
    private volatile @Nullable Connection last;

    /** @param onEnd is told on the loop, once, when the connection has ended */
    StreamConnection(
            SocketChannel channel,
            StreamContext context,
            Loops.Station station,
            ConnectionKey key,
            long sequence,
            boolean server,
            Consumer<StreamConnection> onEnd) {
        super(channel.socket(), server, false, context.publisher(), context.endpoint());
        this.channel = channel;
        this.context = context;
        this.station = station;
        this.key = key;
        this.sequence = sequence;
        this.onEnd = onEnd;
        this.headers = SharedHeaders.of(key);
        this.tally = new Tally(context.counters(), key.openedAt());
        this.decoder = context.settings().framing().decoder(context.settings().maxFrameBytes());
        this.queue = new SendQueue(key, context.capture(), tally);
    }

    // ------------------------------------------------------------------ what others see

    @Override
    public ConnectionKey key() {
        return key;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public String getConnectionId() {
        return key.id();
    }

    @Override
    public MessageHeaders headers() {
        return headers;
    }

    @Override
    public boolean isOpen() {
        return state != Connection.State.CLOSED;
    }

    @Override
    public Connection known() {
        Connection end = last;
        return end != null ? end : snapshot(state, 0, null, null);
    }

    private Connection snapshot(
            Connection.State state, long closedAt, @Nullable CloseReason reason, @Nullable String detail) {
        return new Connection(
                key,
                sequence,
                state,
                closedAt,
                reason,
                detail,
                tally.lastActivityAt(),
                tally.framesIn(),
                tally.framesOut(),
                tally.bytesIn(),
                tally.bytesOut());
    }

    // ------------------------------------------------------------------ opening

    /** Begins to read; called on the loop once everybody who listens is registered. */
    void open(String detail) throws IOException {
        selection = station.loop().register(channel, SelectionKey.OP_READ, this);
        context.counters().connectionsOpen.increment();
        context.counters().connectionsTotal.increment();
        context.registry().opened(this);
        boolean server = isServer();
        context.capture()
                .connection(key, server ? Kind.ACCEPTED : Kind.CONNECTED, server ? Call.ACCEPT : Call.CONNECT, detail);
        publishConnectionOpenEvent();
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
        String detail = String.valueOf(reason.getMessage());
        boolean reset = detail.contains("reset") || detail.contains("Broken pipe");
        if (reset) {
            end(CloseReason.PEER_RESET, null, "the peer sent RST: " + detail, null);
        } else {
            context.counters().errors.increment();
            end(CloseReason.IO_ERROR, Call.CLOSE, "I/O failed: " + detail, detail);
        }
    }

    private void read() throws IOException {
        if (context.capture().congested()) {
            station.rooms().waitForRoom(this);
            interested();
            return;
        }
        ByteBuffer buffer = station.loop().buffer();
        int count = channel.read(buffer);
        if (count < 0) {
            peerHalfClosed();
        } else if (count > 0) {
            byte[] bytes = new byte[count];
            buffer.flip().get(bytes);
            received(bytes);
        }
    }

    private void received(byte[] bytes) {
        FramingException uncut = null;
        try {
            decoder.decode(bytes, 0, bytes.length, (end, header, trailer) -> ends.add(end, header, trailer, Origin.PEER));
        } catch (FramingException e) {
            uncut = e;
        }
        FrameEnds found = ends.build();
        byte[] straddler = null;
        int rest = 0;
        if (found.size() > 0) {
            straddler = tail.isEmpty() ? null : tail.join(bytes, found.end(0));
            rest = found.end(found.size() - 1);
        }
        tail.append(bytes, rest, bytes.length);
        Chunk chunk = context.capture().moved(key, Direction.IN, bytes, found, straddler);
        tally.in(bytes.length, found.size(), chunk.at());
        deliver(chunk);
        if (uncut != null) {
            framingError(uncut);
        }
    }

    private void deliver(Chunk chunk) {
        TcpListener listener = getListener();
        delivering = true;
        for (int i = 0; i < chunk.frames() && listener != null; i++) {
            try {
                listener.onMessage(new GenericMessage<>(chunk.frame(i), headers));
            } catch (RuntimeException e) {
                log.warn("{}: whoever was given a frame failed on it", key.id(), e);
            }
        }
        delivering = false;
        flushQuietly();
    }

    private void framingError(FramingException uncut) {
        context.counters().errors.increment();
        leaveTail();
        context.capture().connection(key, Kind.FRAMING_ERROR, null, String.valueOf(uncut.getMessage()));
        end(CloseReason.FRAMING_ERROR, Call.CLOSE, "close(): the stream can't be cut into frames any further", null);
    }

    private void leaveTail() {
        if (!tail.isEmpty()) {
            context.capture().unfinished(key, Direction.IN, Origin.PEER, tail.take());
        }
    }

    private void peerHalfClosed() {
        inputEnded = true;
        leaveTail();
        if (outputEnded) {
            end(CloseReason.PEER_CLOSED, Call.CLOSE, "read() = 0: the peer sent FIN after ours; both sides are closed", null);
            return;
        }
        state = Connection.State.HALF_CLOSED;
        context.capture()
                .connection(key, Kind.PEER_HALF_CLOSED, null, "read() = 0: the peer sent FIN and sends no more; we still may");
        interested();
        lingerAfterPeer();
    }

    /** A peer that closed cannot be told from one that only half-closed, so it is given time to hear us. */
    private void lingerAfterPeer() {
        if (!inputEnded || closing != null || !queue.isEmpty()) {
            return;
        }
        cancelLinger();
        Duration time = context.settings().halfCloseLinger().get();
        linger = station.loop().after(time, () -> {
            linger = null;
            if (queue.isEmpty()) {
                end(CloseReason.PEER_CLOSED, Call.CLOSE, "close(): the peer had sent FIN, and we had nothing to send", null);
            }
        });
    }

    private void cancelLinger() {
        if (linger != null) {
            station.loop().cancel(linger);
            linger = null;
        }
    }

    /** Reads what the kernel has already, so that nothing that arrived is lost by closing; a peer that goes on is cut. */
    private void drainInput() {
        try {
            for (int reads = 0; reads < DRAIN_READS && isOpen() && !inputEnded; reads++) {
                ByteBuffer buffer = station.loop().buffer();
                int count = channel.read(buffer);
                if (count <= 0) {
                    return;
                }
                byte[] bytes = new byte[count];
                buffer.flip().get(bytes);
                received(bytes);
            }
        } catch (IOException e) {
            log.debug("{}: nothing more to read", key.id(), e);
        }
    }

    // ------------------------------------------------------------------ writing

    /**
     * Takes an {@link Outgoing}, or bytes. Any thread; never throws, since Spring Integration's handler would then close
     * the connection: what goes wrong is told to the receipt.
     */
    @Override
    public void send(Message<?> message) {
        Outgoing outgoing = message.getPayload() instanceof Outgoing given
                ? given
                : new Outgoing((byte[]) message.getPayload(), Origin.OPERATOR, Outgoing.Receipt.NONE);
        int size = outgoing.payload().length;
        long before = accepted.getAndAdd(size);
        if (before > 0 && before + size > context.settings().maxQueuedBytes()) {
            accepted.addAndGet(-size);
            outgoing.receipt().failed(new QueueFullException(key.id(), before));
        } else if (station.loop().inLoop()) {
            enqueue(outgoing);
        } else {
            station.loop().execute(() -> enqueue(outgoing));
        }
    }

    private void enqueue(Outgoing outgoing) {
        int size = outgoing.payload().length;
        if (outputEnding || closing != null || !isOpen()) {
            accepted.addAndGet(-size);
            outgoing.receipt().failed(new IOException("connection " + key.id() + " takes nothing more to send"));
            return;
        }
        try {
            Framed framed = context.settings().framing().frame(outgoing.payload());
            queue.add(framed, outgoing.origin(), new Settled(outgoing.receipt(), size));
        } catch (UnframeableException e) {
            accepted.addAndGet(-size);
            outgoing.receipt().failed(e);
            return;
        }
        cancelLinger();
        if (!delivering) {
            flushQuietly();
        }
    }

    /** Passes the word on, and gives the bytes back to the bound. */
    private final class Settled implements Outgoing.Receipt {

        private final Outgoing.Receipt receipt;
        private final int size;

        private Settled(Outgoing.Receipt receipt, int size) {
            this.receipt = receipt;
            this.size = size;
        }

        @Override
        public void sent(long messageId, int wireBytes) {
            accepted.addAndGet(-size);
            receipt.sent(messageId, wireBytes);
        }

        @Override
        public void failed(Exception reason) {
            accepted.addAndGet(-size);
            receipt.failed(reason);
        }
    }

    private void flushQuietly() {
        try {
            flush();
        } catch (IOException e) {
            drainInput();
            failed(e);
        }
    }

    private void flush() throws IOException {
        if (!isOpen()) {
            return;
        }
        boolean more = true;
        while (more && !queue.isEmpty()) {
            if (context.capture().congested()) {
                station.rooms().waitForRoom(this);
                break;
            }
            more = queue.write(channel, station.loop().buffer());
        }
        interested();
        if (queue.isEmpty()) {
            drained();
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
        if (!inputEnded && !waits && queue.bytes() < PAUSE_READING_ABOVE) {
            ops |= SelectionKey.OP_READ;
        }
        if (!queue.isEmpty() && !waits) {
            ops |= SelectionKey.OP_WRITE;
        }
        if (current.interestOps() != ops) {
            current.interestOps(ops);
        }
    }

    // ------------------------------------------------------------------ ending

    /** Spring Integration's word for it, when a factory stops or a handler gives up. */
    @Override
    public void close() {
        var _ = close(CloseReason.LOCAL_CLOSE);
    }

    @Override
    public CompletableFuture<Void> close(CloseReason reason) {
        station.loop().execute(() -> beginClose(reason));
        return gone;
    }

    private void beginClose(CloseReason reason) {
        if (!isOpen() || closing != null) {
            return;
        }
        closing = reason;
        cancelLinger();
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
        end(reason, Call.CLOSE, "close(): FIN sent", null);
    }

    @Override
    public CompletableFuture<Void> reset() {
        station.loop().execute(() -> {
            try {
                if (isOpen()) {
                    // A close with a linger time of zero is a RST (socket(7), SO_LINGER).
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
            } catch (IOException e) {
                log.debug("{}: no linger could be set", key.id(), e);
            }
            end(CloseReason.LOCAL_RESET, Call.CLOSE, "close() with SO_LINGER 0: RST sent", null);
        });
        return gone;
    }

    @Override
    public CompletableFuture<Void> halfClose() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        station.loop().execute(() -> {
            if (!isOpen() || outputEnding) {
                done.completeExceptionally(new IOException("our side is closed already"));
                return;
            }
            outputEnding = true;
            flushQuietly();
            done.complete(null);
        });
        return done;
    }

    private void shutdownOurSide() throws IOException {
        channel.shutdownOutput();
        outputEnded = true;
        state = Connection.State.HALF_CLOSED;
        context.capture()
                .connection(key, Kind.HALF_CLOSED, Call.SHUTDOWN, "shutdown(SHUT_WR): FIN sent; the peer may still send");
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
        cancelLinger();
        station.rooms().forget(this);
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("{}: close failed", key.id(), e);
        }
        leaveTail();
        queue.abandon(new IOException("connection " + key.id() + " ended: " + reason.word()));
        long closedAt = context.capture().ended(key, call, detail, reason).at();
        last = snapshot(Connection.State.CLOSED, closedAt, reason, closeDetail);
        context.counters().connectionsOpen.decrement();
        context.registry().closed(this);
        super.close();
        onEnd.accept(this);
        station.loop().whenSettled(() -> gone.complete(null));
    }

    // ------------------------------------------------------------------ what Spring Integration asks for

    /** The loop reads; nobody needs to run this. */
    @Override
    public void run() {}

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    @Override
    public @Nullable Object getPayload() {
        return null;
    }

    @Override
    public Object getDeserializerStateKey() {
        return key;
    }

    @Override
    public @Nullable SSLSession getSslSession() {
        return null;
    }
}
