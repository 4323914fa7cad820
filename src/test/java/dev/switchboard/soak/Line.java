package dev.switchboard.soak;

import dev.switchboard.process.Api;
import dev.switchboard.process.Wrong;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** A TCP connection to an endpoint, from the peer's side; a plain socket, none of whose reads waits for ever. */
final class Line implements AutoCloseable {

    private static final int PATIENCE_MILLIS = (int) Api.PATIENCE.toMillis();

    private final Socket socket;
    private final String endpoint;

    private Line(Socket socket, String endpoint) throws IOException {
        this.socket = socket;
        this.endpoint = endpoint;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static Line to(Field field, String endpoint) throws IOException {
        return to(field, endpoint, field.port(endpoint), 0);
    }

    /** @param receiveBuffer in bytes, for a peer that is soon full; 0 for what the system gives */
    static Line to(Field field, String endpoint, int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        field.tally().connections.increment();
        return new Line(socket, endpoint);
    }

    /** Of a connection that was accepted here. */
    static Line of(Socket accepted, String endpoint) throws IOException {
        return new Line(accepted, endpoint);
    }

    Line send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads as many bytes and sees that they are those. */
    void expect(byte[] bytes) throws IOException, Wrong {
        byte[] read = socket.getInputStream().readNBytes(bytes.length);
        int mismatch = Arrays.mismatch(bytes, read);
        Wrong.unless(
                mismatch < 0,
                "%s: of %d bytes expected %d came, and they differ from byte %d on",
                endpoint,
                bytes.length,
                read.length,
                mismatch);
    }

    void expectEnd() throws IOException, Wrong {
        Wrong.unless(socket.getInputStream().read() < 0, "%s: bytes came after the last that were expected", endpoint);
    }

    byte[] readAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends it with a RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** What Switchboard knows of it, by its id. */
    String id(Field field) throws Exception {
        String local = "127.0.0.1:" + socket.getLocalPort();
        String path = "/api/connections?state=open&limit=1000&endpoint=" + endpoint;
        JsonNode page = field.api().until(path, found -> find(found, local) != null, "there is one from " + local);
        return find(page, local).path("id").asString();
    }

    /** Of those that are open, for ports are used again, and it may not be accepted yet. */
    private static JsonNode find(JsonNode page, String remote) {
        for (JsonNode connection : page.path("items")) {
            if (connection.path("remote").asString().equals(remote)) {
                return connection;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
