package dev.switchboard.endpoint;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listener whose sockets are faulty, and which fails to accept when its {@link FaultyKernel} is told so. */
final class FaultyListener extends ServerSocketChannel implements FaultySelector.Above {

    private final FaultyKernel kernel;
    private final ServerSocketChannel real;

    FaultyListener(FaultyKernel kernel, ServerSocketChannel real) {
        super(kernel);
        this.kernel = kernel;
        this.real = real;
    }

    @Override
    public SelectableChannel real() {
        return real;
    }

    @Override
    public @Nullable SocketChannel accept() throws IOException {
        kernel.mayAccept();
        SocketChannel accepted = real.accept();
        return accepted == null ? null : new FaultySocket(kernel, accepted);
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        real.bind(local, backlog);
        return this;
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
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
    public ServerSocket socket() {
        return real.socket();
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
