package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Echoes whole lines on a selector loop of one thread: what plain {@code java.nio} can do, with nothing seen, kept or
 * counted. Takes the port as its argument.
 */
final class NioEcho {

    private static final int BUFFER = 64 * 1024;

    private final Selector selector;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER);

    private NioEcho(int port) throws IOException {
        selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress("127.0.0.1", port), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    static void main(String[] args) throws IOException {
        new NioEcho(Integer.parseInt(args[0])).run();
    }

    /** What a connection holds back: a line that has no end yet, or lines the kernel did not take yet. */
    private static final class Rest {
        private byte[] unfinished = new byte[0];
        private ByteBuffer unsent = ByteBuffer.allocate(0);
    }

    private void run() throws IOException {
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                try {
                    serve(key);
                } catch (IOException gone) {
                    key.channel().close();
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            ServerSocketChannel listener = (ServerSocketChannel) key.channel();
            for (SocketChannel accepted = listener.accept(); accepted != null; accepted = listener.accept()) {
                accepted.configureBlocking(false);
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accepted.register(selector, SelectionKey.OP_READ, new Rest());
            }
        } else if (key.isWritable()) {
            Rest rest = (Rest) key.attachment();
            ((SocketChannel) key.channel()).write(rest.unsent);
            if (!rest.unsent.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        } else {
            read(key, (SocketChannel) key.channel(), (Rest) key.attachment());
        }
    }

    private void read(SelectionKey key, SocketChannel channel, Rest rest) throws IOException {
        shared.clear().put(rest.unfinished);
        int got = channel.read(shared);
        if (got < 0) {
            channel.close();
            return;
        }
        int filled = shared.position();
        int end = filled;
        while (end > 0 && shared.get(end - 1) != '\n') {
            end--;
        }
        shared.position(0).limit(end);
        if (end > 0) {
            channel.write(shared);
        }
        if (shared.hasRemaining()) {
            rest.unsent = copy(shared);
            key.interestOps(SelectionKey.OP_WRITE);
        }
        shared.limit(filled).position(end);
        if (rest.unfinished.length > 0 || end < filled) {
            rest.unfinished = copy(shared).array();
        }
    }

    private static ByteBuffer copy(ByteBuffer source) {
        return ByteBuffer.allocate(source.remaining()).put(source).flip();
    }
}
