package dev.switchboard.endpoint;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The real kernel, but that reads give less than there is, writes take less than they could, selectors wake up for
 * nothing, and accepting fails when asked to.
 */
final class FaultyKernel extends SelectorProvider {

    /** What accepting fails with when no file descriptor is left. */
    static final String NO_DESCRIPTORS = "Too many open files";

    private final SelectorProvider real = SelectorProvider.provider();
    private final AtomicInteger failingAccepts = new AtomicInteger();
    private volatile Faults faults = Faults.NONE;

    /** From now on, for selectors and for sockets that are opened. Any thread. */
    void misbehave(Faults now) {
        faults = now;
    }

    Faults faults() {
        return faults;
    }

    /** Lets so many accepts fail before the next succeeds. Any thread. */
    void failAccepts(int times) {
        failingAccepts.set(times);
    }

    int failingAccepts() {
        return failingAccepts.get();
    }

    void mayAccept() throws IOException {
        if (failingAccepts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException(NO_DESCRIPTORS);
        }
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return new FaultySelector(this, real.openSelector());
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return new FaultySocket(this, real.openSocketChannel());
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return new FaultySocket(this, real.openSocketChannel(family));
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return openServerSocketChannel(StandardProtocolFamily.INET);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return new FaultyListener(this, real.openServerSocketChannel(family));
    }

    @Override
    public DatagramChannel openDatagramChannel() {
        throw new UnsupportedOperationException("TCP alone");
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        throw new UnsupportedOperationException("TCP alone");
    }

    @Override
    public Pipe openPipe() {
        throw new UnsupportedOperationException("TCP alone");
    }
}
