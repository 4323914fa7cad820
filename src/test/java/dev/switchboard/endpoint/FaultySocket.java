package dev.switchboard.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A socket that gives and takes as little at a time as its {@link Faults} say. */
final class FaultySocket extends SocketChannel implements FaultySelector.Above {

    private final SocketChannel real;
    private final Faults faults;
    private int reads;
    private int writes;

    FaultySocket(FaultyKernel kernel, SocketChannel real) {
        super(kernel);
        this.real = real;
        this.faults = kernel.faults();
    }

    @Override
    public SelectableChannel real() {
        return real;
    }

    private interface Move {
        int of(ByteBuffer buffer) throws IOException;
    }

    private static int atMost(List<Integer> appetite, int turn, ByteBuffer buffer, Move move) throws IOException {
        int limit = buffer.limit();
        int most = Math.min(buffer.remaining(), appetite.get(turn % appetite.size()));
        buffer.limit(buffer.position() + most);
        try {
            return move.of(buffer);
        } finally {
            buffer.limit(limit);
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return atMost(faults.reads(), reads++, into, real::read);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (faults.writes().get(writes % faults.writes().size()) == Faults.NEVER) {
            return 0;
        }
        return atMost(faults.writes(), writes++, from, real::write);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return firstWithRoom(into, offset, length, this::read);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return firstWithRoom(from, offset, length, this::write);
    }

    private static long firstWithRoom(ByteBuffer[] buffers, int offset, int length, Move move) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (buffers[i].hasRemaining()) {
                return move.of(buffers[i]);
            }
        }
        return 0;
    }

    @Override
    public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
        real.bind(local);
        return this;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        real.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return real.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return real.supportedOptions();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        real.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        real.shutdownOutput();
        return this;
    }

    @Override
    public Socket socket() {
        return real.socket();
    }

    @Override
    public boolean isConnected() {
        return real.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        return real.isConnectionPending();
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return real.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return real.finishConnect();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return real.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return real.getLocalAddress();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        real.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        real.configureBlocking(block);
    }
}
