package dev.switchboard.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Somebody to connect to. */
final class PeerServer implements AutoCloseable {

    private final ServerSocket socket;

    private PeerServer(ServerSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Peer.TIMEOUT_MILLIS);
    }

    static PeerServer listen() throws IOException {
        return listen(0);
    }

    static PeerServer listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return new PeerServer(socket);
    }

    int port() {
        return socket.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    Peer accept() throws IOException {
        return new Peer(socket.accept());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
