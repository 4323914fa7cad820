package dev.switchboard.endpoint;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A selector for the sockets of a {@link FaultyKernel}, above the real one. Now and then it says that all of them are
 * ready, or wakes up without any.
 */
final class FaultySelector extends AbstractSelector {

    /** What stands behind a socket of the faulty kernel. */
    interface Above {
        SelectableChannel real();
    }

    private final FaultyKernel kernel;
    private final Selector real;
    private final Set<Key> keys = ConcurrentHashMap.newKeySet();
    private final Set<SelectionKey> selected = new HashSet<>();
    private int selects;

    FaultySelector(FaultyKernel kernel, Selector real) {
        super(kernel);
        this.kernel = kernel;
        this.real = real;
    }

    private final class Key extends AbstractSelectionKey {

        private final SelectableChannel channel;
        private final SelectionKey below;
        private volatile int ready;

        private Key(SelectableChannel channel, SelectionKey below) {
            this.channel = channel;
            this.below = below;
            below.attach(this);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Selector selector() {
            return FaultySelector.this;
        }

        @Override
        public int interestOps() {
            valid();
            return below.interestOps();
        }

        @Override
        public SelectionKey interestOps(int ops) {
            valid();
            below.interestOps(ops);
            return this;
        }

        @Override
        public int readyOps() {
            valid();
            return ready;
        }

        private void valid() {
            if (!isValid()) {
                throw new CancelledKeyException();
            }
        }
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
        try {
            Key key = new Key(channel, ((Above) channel).real().register(real, ops));
            key.attach(attachment);
            keys.add(key);
            return key;
        } catch (ClosedChannelException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int select(Consumer<SelectionKey> action, long millis) throws IOException {
        return serve(action, false, millis);
    }

    @Override
    public int select(Consumer<SelectionKey> action) throws IOException {
        return serve(action, false, 0);
    }

    @Override
    public int selectNow(Consumer<SelectionKey> action) throws IOException {
        return serve(action, true, 0);
    }

    @Override
    public int select(long millis) throws IOException {
        return serve(selected::add, false, millis);
    }

    @Override
    public int select() throws IOException {
        return serve(selected::add, false, 0);
    }

    @Override
    public int selectNow() throws IOException {
        return serve(selected::add, true, 0);
    }

    private int serve(Consumer<SelectionKey> action, boolean now, long millis) throws IOException {
        letGo();
        int every = kernel.faults().spuriousEvery();
        int turn = every == 0 ? -1 : selects++ % every;
        List<Key> ready = new ArrayList<>();
        if (turn == 0) {
            real.selectNow(below -> {});
            keys.stream().filter(AbstractSelectionKey::isValid).forEach(key -> {
                key.ready = key.interestOps();
                ready.add(key);
            });
        } else if (turn == 1 || now) {
            // Even what the kernel has ready has to wait for the next time, on one of them.
            real.selectNow(below -> found(below, turn == 1 ? new ArrayList<>() : ready));
        } else {
            real.select(below -> found(below, ready), millis);
        }
        letGo();
        ready.stream().filter(AbstractSelectionKey::isValid).forEach(action);
        return ready.size();
    }

    private static void found(SelectionKey below, List<Key> ready) {
        Key key = (Key) below.attachment();
        key.ready = below.readyOps();
        ready.add(key);
    }

    private void letGo() {
        Set<SelectionKey> cancelled = cancelledKeys();
        synchronized (cancelled) {
            for (SelectionKey one : cancelled) {
                Key key = (Key) one;
                key.below.cancel();
                keys.remove(key);
                selected.remove(key);
                deregister(key);
            }
            cancelled.clear();
        }
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.copyOf(keys);
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return selected;
    }

    @Override
    public Selector wakeup() {
        real.wakeup();
        return this;
    }

    @Override
    protected void implCloseSelector() throws IOException {
        letGo();
        real.close();
    }
}
