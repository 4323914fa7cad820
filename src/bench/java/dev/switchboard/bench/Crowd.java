package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connections that have spoken once each and are silent from then on. They come from several addresses of
 * 127.0.0.0/8, since one has ports for some 28,000 only.
 */
final class Crowd implements AutoCloseable {

    private static final int UNDER_WAY = 256;
    private static final int PORTS_AN_ADDRESS = 4000;
    private static final long GIVE_UP_NANOS = 60_000_000_000L;
    private static final byte[] HELLO =
            "one line of sixty-four bytes, to have spoken on this connection\n".getBytes(StandardCharsets.US_ASCII);

    private final List<SocketChannel> members = new ArrayList<>();
    private final long nanos;

    /**
     * Opens {@code size} connections, at most {@value #UNDER_WAY} at a time, and waits until each got its line back.
     */
    Crowd(InetSocketAddress target, int size) throws IOException {
        long start = System.nanoTime();
        ByteBuffer in = ByteBuffer.allocateDirect(1024);
        try (Selector selector = Selector.open()) {
            int spoken = 0;
            while (spoken < size) {
                while (members.size() < size && members.size() - spoken < UNDER_WAY) {
                    connect(target, selector);
                }
                selector.select(1000);
                for (SelectionKey key : selector.selectedKeys()) {
                    spoken += step(key, in) ? 1 : 0;
                }
                selector.selectedKeys().clear();
                if (System.nanoTime() - start > GIVE_UP_NANOS) {
                    throw new IOException("only " + spoken + " of " + size + " connections were served in a minute");
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        nanos = System.nanoTime() - start;
    }

    private void connect(InetSocketAddress target, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        members.add(channel);
        // Closed with a RST, they leave no port in TIME_WAIT.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        byte[] source = {127, 0, 1, (byte) (1 + members.size() / PORTS_AN_ADDRESS)};
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        channel.configureBlocking(false);
        channel.connect(target);
        channel.register(selector, SelectionKey.OP_CONNECT, new int[1]);
    }

    /** @return whether the connection has its answer now */
    private static boolean step(SelectionKey key, ByteBuffer in) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        if (key.isConnectable()) {
            channel.finishConnect();
            channel.write(ByteBuffer.wrap(HELLO));
            key.interestOps(SelectionKey.OP_READ);
            return false;
        }
        int[] got = (int[]) key.attachment();
        int count = channel.read(in.clear());
        if (count < 0) {
            throw new IOException("the server closed a connection");
        }
        got[0] += count;
        if (got[0] < HELLO.length) {
            return false;
        }
        key.cancel();
        return true;
    }

    /** Connections opened, and served with a line each, in a second. */
    double perSecond() {
        return members.size() * 1e9 / nanos;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel member : members) {
            member.close();
        }
    }
}
