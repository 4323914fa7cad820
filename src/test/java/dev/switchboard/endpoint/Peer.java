package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** The other end of a TCP connection: a plain socket, none of whose reads waits for ever. */
final class Peer implements AutoCloseable {

    static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static Peer connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        return new Peer(socket);
    }

    /** With a small receive buffer, so that a peer that does not read is noticed soon. */
    static Peer narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        return new Peer(socket);
    }

    /** Our address as the other side sees it. */
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    int localPort() {
        return socket.getLocalPort();
    }

    Peer send(String latin1) throws IOException {
        return send(latin1.getBytes(ISO_8859_1));
    }

    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    byte[] read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        assertThat(bytes).as("bytes before the end of the stream").hasSize(count);
        return bytes;
    }

    String readText(int count) throws IOException {
        return new String(read(count), ISO_8859_1);
    }

    /** All up to the other side's FIN. */
    byte[] readAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    void seesFin() throws IOException {
        assertThat(socket.getInputStream().read()).as("the other side sent FIN").isEqualTo(-1);
    }

    void seesReset() {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    Peer halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Ends the connection with a RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
