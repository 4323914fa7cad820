package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.OnReceive;
import dev.switchboard.endpoint.EndpointStatus.State;
import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.CallTime;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that Switchboard holds, stopped or running. {@link #start} and {@link #stop} are called by one thread at a
 * time ({@link Endpoints} sees to it); what it is doing may be asked by any.
 */
abstract sealed class Endpoint permits TcpServerEndpoint, TcpClientEndpoint, UdpEndpoint {

    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    private static final long STOP_SECONDS = 4;

    final Engine engine;
    final Counters counters;
    private final boolean declared;
    private volatile State state = State.STOPPED;
    private volatile @Nullable String localAddress;
    private volatile @Nullable String failure;
    private volatile long startedAt;

    Endpoint(Engine engine, Counters counters, boolean declared) {
        this.engine = engine;
        this.counters = counters;
        this.declared = declared;
    }

    static Endpoint of(Engine engine, EndpointSpec spec, Counters counters, boolean declared) {
        return switch (spec) {
            case EndpointSpec.TcpServer server -> new TcpServerEndpoint(engine, server, counters, declared);
            case EndpointSpec.TcpClient client -> new TcpClientEndpoint(engine, client, counters, declared);
            case EndpointSpec.Udp udp -> new UdpEndpoint(engine, udp, counters, declared);
        };
    }

    /** As it is defined now. */
    abstract EndpointSpec spec();

    /** Takes over what can change without another socket. */
    abstract void redefine(EndpointSpec spec);

    /**
     * Opens the socket and gives it to Spring Integration.
     *
     * @throws IOException when it can't be had; nothing is left open then
     */
    abstract void open() throws IOException;

    /**
     * Opens no more connections, ends those there are, gives up the socket. Completes when the kernel has closed all.
     */
    abstract CompletableFuture<?> shut(CloseReason reason);

    String name() {
        return spec().name();
    }

    boolean declared() {
        return declared;
    }

    State state() {
        return state;
    }

    /** What waits to be sent on the socket that its connections share, in bytes; 0 where each has its own. */
    long waiting() {
        return 0;
    }

    boolean running() {
        return state != State.STOPPED && state != State.FAILED;
    }

    EndpointStatus status() {
        return new EndpointStatus(
                spec(), declared, state, localAddress, failure, startedAt, counters.totals(kernelDrops()));
    }

    /** Datagrams the kernel threw away; see {@link EndpointStatus.Totals}. */
    long kernelDrops() {
        return 0;
    }

    /** Connections a message to the whole endpoint goes to. */
    List<OpenConnection> connections() {
        return engine.registry().openOf(name());
    }

    void start() throws IOException {
        // What ended by itself has left its flows behind.
        release(CloseReason.ENDPOINT_STOPPED);
        state = State.STARTING;
        failure = null;
        startedAt = engine.capture().now();
        try {
            open();
        } catch (IOException | RuntimeException e) {
            release(CloseReason.ENDPOINT_STOPPED);
            fail(ErrorKind.BIND, sentence(e));
            throw e;
        }
    }

    void stop(CloseReason reason) {
        boolean ran = running() || startedAt != 0;
        release(reason);
        rest();
        if (ran) {
            happened(Kind.STOPPED, Call.CLOSE, "close(): the endpoint is stopped");
        }
    }

    private void release(CloseReason reason) {
        try {
            shut(reason).get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("{} did not stop in time", name(), e);
        }
        engine.flows().remove(name());
    }

    /** It does nothing, and nothing is wrong with that. */
    void rest() {
        state = State.STOPPED;
        failure = null;
        localAddress = null;
        startedAt = 0;
    }

    void is(State now, @Nullable String address) {
        state = now;
        localAddress = address;
        failure = null;
    }

    void fail(ErrorKind kind, String sentence) {
        state = State.FAILED;
        localAddress = null;
        startedAt = 0;
        failure = sentence;
        counters.failed(kind.becauseOf(sentence));
    }

    /** Not failed for good: it goes on trying. */
    void trouble(State now, String sentence) {
        state = now;
        localAddress = null;
        failure = sentence;
    }

    void happened(Kind kind, @Nullable Call call, String detail) {
        engine.capture().endpoint(name(), kind, call, detail);
    }

    void happened(Kind kind, Call call, String detail, CallTime made) {
        engine.capture().endpoint(name(), kind, call, detail, made);
    }

    CompletableFuture<?> endConnections(CloseReason reason) {
        List<CompletableFuture<?>> ending = new ArrayList<>();
        for (OpenConnection connection : connections()) {
            ending.add(connection.close(reason));
        }
        return CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new));
    }

    /** What the connections of a TCP endpoint share. */
    StreamContext streamContext(Framing framing, int maxFrameBytes, WhenFull whenFull) {
        StreamSettings settings = new StreamSettings(
                framing,
                maxFrameBytes,
                this::halfCloseLinger,
                engine.properties().maxQueued().toBytes(),
                whenFull);
        return new StreamContext(name(), engine.capture(), engine.registry(), counters, settings, engine.publisher());
    }

    /** Who echoes has nothing to say once all is echoed. */
    private Duration halfCloseLinger() {
        return spec().onReceive() == OnReceive.ECHO
                ? Duration.ZERO
                : engine.properties().halfCloseLinger();
    }

    static String sentence(Exception reason) {
        if (reason instanceof FileSystemException file) {
            String why = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
            return file.getFile() + ": " + why.replace("Exception", "");
        }
        String message = reason.getMessage();
        return message == null ? reason.getClass().getSimpleName() : message;
    }
}
