package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
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
 * One TCP connection as Spring Integration and the rest of the room see it. What is asked of it is handed over to its
 * {@link Stream} on the loop; what happens there comes back as messages to the listener, and as the one end.
 *
 * <p>Any thread may call its methods, but for {@link #open}, and for what the stream calls.
 */
final class StreamConnection extends TcpConnectionSupport implements Stream.Owner, OpenConnection {

    private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);

    private final SocketChannel channel;
    private final StreamContext context;
    private final Loop loop;
    private final ConnectionKey key;
    private final long sequence;
    private final Consumer<StreamConnection> onEnd;
    private final MessageHeaders headers;
    private final Tally tally;
    private final Stream stream;
    private final SendGate gate;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
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
        this.loop = station.loop();
        this.key = key;
        this.sequence = sequence;
        this.onEnd = onEnd;
        this.headers = SharedHeaders.of(key);
        this.tally = new Tally(context.counters(), key.openedAt());
        this.stream = new Stream(channel, context, station, key, tally, this);
        this.gate = new SendGate(key.id(), context.settings().maxQueuedBytes());
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
        return stream.state() != Connection.State.CLOSED;
    }

    @Override
    public Connection known() {
        // In this order: whoever sees the socket closed is to see why. What it was closed for may be told in a moment.
        Connection.State state = stream.state();
        Connection end = last;
        return end != null
                ? end
                : Connection.open(
                        key, sequence, state == Connection.State.CLOSED ? Connection.State.HALF_CLOSED : state, tally);
    }

    @Override
    public long waiting() {
        return gate.waiting(stream.unadmitted());
    }

    // ------------------------------------------------------------------ from the first byte to the last

    /** Begins to read; called on the loop once everybody who listens is registered. */
    void open(String detail, long took) throws IOException {
        stream.begin();
        context.counters().opened();
        context.registry().opened(this);
        Kind kind = isServer() ? Kind.ACCEPTED : Kind.CONNECTED;
        context.capture().connection(key, kind, isServer() ? Call.ACCEPT : Call.CONNECT, detail, took);
        publishConnectionOpenEvent();
    }

    @Override
    public void received(Frame frame) {
        TcpListener listener = getListener();
        if (listener == null) {
            return;
        }
        try {
            listener.onMessage(new GenericMessage<>(frame, headers));
        } catch (RuntimeException | Error e) {
            log.warn("{}: whoever was given a frame failed on it", key.id(), e);
        }
    }

    /**
     * Takes an {@link Outgoing}, or bytes. Never throws, since Spring Integration's handler would then close the
     * connection: what goes wrong is told to the receipt.
     */
    @Override
    public void send(Message<?> message) {
        Outgoing outgoing = message.getPayload() instanceof Outgoing given
                ? given
                : new Outgoing((byte[]) message.getPayload(), Origin.OPERATOR, Outgoing.Receipt.NONE);
        if (loop.inLoop()) {
            sendHere(outgoing);
        } else {
            handOver(outgoing);
        }
    }

    /** On the loop, where answers are made. */
    private void sendHere(Outgoing outgoing) {
        boolean room = context.settings().whenFull() == WhenFull.PAUSE_READING
                ? stream.takesAnswers()
                : gate.hasRoom(outgoing.bytes(), stream.unadmittedWeight());
        if (room) {
            stream.send(outgoing, outgoing.receipt(), false);
        } else {
            full(outgoing, stream.unadmittedWeight());
        }
    }

    private void handOver(Outgoing outgoing) {
        int size = outgoing.bytes();
        if (gate.enter(size, stream.unadmitted())) {
            Outgoing.Receipt receipt = gate.settling(outgoing.receipt(), size);
            loop.execute(() -> stream.send(outgoing, receipt, true));
        } else {
            full(outgoing, stream.unadmitted());
        }
    }

    private void full(Outgoing outgoing, long beside) {
        QueueFullException full = gate.full(beside);
        context.counters().sendsRefused.increment();
        outgoing.receipt().failed(full);
        switch (context.settings().whenFull()) {
            case PAUSE_READING -> {}
            case DROP_NEWEST -> context.counters().framesDropped.increment();
            case CLOSE -> loop.execute(() -> stream.overflow(full.getMessage()));
        }
    }

    @Override
    public void holdReading() {
        var _ = loop.run(stream::holdReading);
    }

    @Override
    public void releaseReading() {
        var _ = loop.run(stream::releaseReading);
    }

    @Override
    public CompletableFuture<Void> close(CloseReason reason) {
        loop.execute(() -> stream.close(reason));
        return gone;
    }

    @Override
    public CompletableFuture<Void> reset() {
        loop.execute(stream::reset);
        return gone;
    }

    @Override
    public CompletableFuture<Void> halfClose() {
        return loop.run(() -> {
            if (!stream.halfClose()) {
                throw RefusedException.conflict("our side of connection '" + key.id() + "' is closed already");
            }
        });
    }

    @Override
    public void ended(CloseReason reason, @Nullable String closeDetail, long at) {
        last = Connection.closed(key, sequence, at, reason, closeDetail, tally);
        context.counters().closed(reason);
        context.registry().closed(this);
        super.close();
        onEnd.accept(this);
        loop.whenSettled(() -> gone.complete(null));
    }

    // ------------------------------------------------------------------ what Spring Integration asks for

    /** Its word for an end in order, when a factory stops or a handler gives up. */
    @Override
    public void close() {
        var _ = close(CloseReason.LOCAL_CLOSE);
    }

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
