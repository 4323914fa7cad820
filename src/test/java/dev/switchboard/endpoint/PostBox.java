package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;

/** A plain UDP socket of somebody else. */
final class PostBox implements AutoCloseable {

    private final DatagramSocket socket;

    private PostBox(DatagramSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Peer.TIMEOUT_MILLIS);
    }

    static PostBox open() throws IOException {
        return new PostBox(new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1")));
    }

    /** @param from port of who sent it */
    record Postcard(byte[] payload, int from) {

        String text() {
            return new String(payload, ISO_8859_1);
        }
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    void send(int port, byte[] payload) throws IOException {
        socket.send(new DatagramPacket(payload, payload.length, InetAddress.ofLiteral("127.0.0.1"), port));
    }

    void send(int port, String latin1) throws IOException {
        send(port, latin1.getBytes(ISO_8859_1));
    }

    Postcard receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return new Postcard(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getPort());
    }

    @Override
    public void close() {
        socket.close();
    }
}
