package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The other end of a TCP connection, which never keeps whoever drives it waiting: one thread of its own reads all the
 * time, unless it is told to pause, and another writes what it is given, in order.
 */
final class ScriptedPeer implements AutoCloseable {

    private static final int NARROW = 4_096;

    /** How the stream from the other side ended. */
    enum End {
        FIN,
        RESET,
        /** We closed or reset it ourselves. */
        OWN
    }

    private final Socket socket;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<End> end;
    private volatile boolean writingFailed;
    private volatile boolean closed;

    private ScriptedPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.end = Meanwhile.ask(this::readAll);
    }

    static ScriptedPeer connect(int port) throws IOException {
        return connect(new Socket(), port);
    }

    /** With a small receive buffer, so that a pause is noticed soon. */
    static ScriptedPeer narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW);
        return connect(socket, port);
    }

    private static ScriptedPeer connect(Socket socket, int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), Peer.TIMEOUT_MILLIS);
        return new ScriptedPeer(socket);
    }

    /** Listens, lets the other side know the port, and takes whoever comes first; narrow, too. */
    static ScriptedPeer accept(Listening listening) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(NARROW);
            server.setSoTimeout(Peer.TIMEOUT_MILLIS);
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            listening.on(server.getLocalPort());
            return new ScriptedPeer(server.accept());
        }
    }

    interface Listening {
        void on(int port);
    }

    private End readAll() throws InterruptedException {
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = socket.getInputStream();
            for (int count = 0; count >= 0; count = in.read(buffer)) {
                received.write(buffer, 0, count);
                gate.await();
            }
            return End.FIN;
        } catch (IOException e) {
            return closed ? End.OWN : End.RESET;
        }
    }

    /** Stops reading, at the latest after one read more. */
    void pause() {
        resume();
        gate = new CountDownLatch(1);
    }

    void resume() {
        gate.countDown();
    }

    /** Writes after what it was given before; what can't be written any more is left. */
    void write(byte[] bytes) {
        writer.execute(() -> {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // Whoever of the two comes first is told of a RST; the other sees the end of a stream.
                writingFailed = true;
            }
        });
    }

    /** Sends a FIN after what it was given before. */
    void halfClose() {
        writer.execute(() -> {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                // As above.
            }
        });
    }

    /** At once; the kernel has done it when this returns. */
    void reset() throws Exception {
        if (!closed) {
            closed = true;
            socket.setSoLinger(true, 0);
            socket.close();
        }
        resume();
        // While a thread is in it, the JVM only promises to close it.
        var _ = end();
    }

    /** At once: with a FIN, and a RST after it if there is something it did not read. */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        resume();
        writer.shutdown();
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits for the end of what it reads and writes. */
    End end() throws Exception {
        End seen = end.get(Board.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        writer.shutdown();
        assertThat(writer.awaitTermination(Board.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return seen == End.FIN && writingFailed ? End.RESET : seen;
    }

    /** What it read; to be called after {@link #end}. */
    byte[] received() {
        return received.toByteArray();
    }
}
