package dev.switchboard.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The other end of a TCP connection to an endpoint of a {@link SwitchboardProcess}. */
final class Caller implements AutoCloseable {

    private final Socket socket = new Socket();

    Caller(String host, int port) throws IOException {
        socket.setSoTimeout((int) Api.PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(host, port), (int) Api.PATIENCE.toMillis());
    }

    static Caller of(int port) throws IOException {
        return new Caller("127.0.0.1", port);
    }

    Caller send(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
        return this;
    }

    void hears(String line) throws IOException {
        byte[] expected = (line + "\n").getBytes(US_ASCII);
        assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
    }

    /** The other side sent FIN, and no byte more before it. */
    void seesFin() throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    /** Ends it with a RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
