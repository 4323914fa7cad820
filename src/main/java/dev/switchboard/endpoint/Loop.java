package dev.switchboard.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that moves the bytes of many sockets. Everything registered here is read, written, timed and closed on
 * that thread alone, so what it owns needs no locks, and on each connection the capture sees reads and writes in the
 * order in which they happened: an answer is never taken down before what it answers.
 *
 * <pre>
 *        ┌──────────────────────────────────────────────┐
 *        ▼                                              │
 *   select, serving ready sockets ──► settle (keys closed before it are gone) ──► timers ──► tasks
 * </pre>
 *
 * <p>{@link #execute} and {@link #close} may be called by any thread, all else only by the loop's own. What runs here
 * must not block.
 */
final class Loop implements AutoCloseable {

    /** One read or write moves this much at the most; 64 KiB is also more than the largest datagram. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    /** What is registered for a channel. */
    interface Ready {

        /** The channel can do something of what the key is interested in. */
        void ready(SelectionKey key) throws IOException;

        /** {@link #ready} threw; the channel should be closed. */
        void failed(Exception reason);
    }

    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private List<Runnable> settling = new ArrayList<>();
    private volatile boolean closed;
    private volatile boolean ended;

    Loop(String name) {
        this(name, SelectorProvider.provider());
    }

    /** @param kernel where its selector, and the sockets that are registered here, come from */
    Loop(String name, SelectorProvider kernel) {
        try {
            selector = kernel.openSelector();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector can be had", e);
        }
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Where sockets that are to be registered here must come from. Any thread. */
    SelectorProvider kernel() {
        return selector.provider();
    }

    String name() {
        return thread.getName();
    }

    /** Any thread. */
    boolean isAlive() {
        return thread.isAlive();
    }

    boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** Has the task run on the loop soon, after those handed over before it by the same thread. */
    void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            drainAfterClose();
        } else if (!inLoop() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Has the task run on the loop, and completes when it has; at once when this is the loop. */
    CompletableFuture<Void> run(Runnable task) {
        if (inLoop()) {
            task.run();
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(task, this::execute);
    }

    /** A buffer for one read or write, empty; its content lasts until the next call. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    SelectionKey register(SelectableChannel channel, int ops, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, ops, ready);
    }

    /**
     * Runs {@code task} once the selector has let go of every channel closed so far. Only then has the kernel closed
     * them: a channel that is closed while it is registered stays open below until the next select.
     */
    void whenSettled(Runnable task) {
        settling.add(task);
    }

    /** Runs {@code task} after {@code delay}, unless it is cancelled before. */
    Timer after(Duration delay, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    /** Something to be done at a time, by identity. */
    static final class Timer {

        private final long due;
        private final Runnable task;

        private Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        private long due() {
            return due;
        }
    }

    /** Ends the thread; sockets still registered are closed. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException | RuntimeException | Error e) {
                log.error("{}: a turn of the loop failed", thread.getName(), e);
            }
        }
        for (SelectionKey key : selector.keys()) {
            closeQuietly(key.channel());
        }
        closeQuietly(selector);
        ended = true;
        drainAfterClose();
    }

    private void turn() throws IOException {
        awake.set(false);
        // What is closed while sockets are served is settled by the select after this one.
        List<Runnable> closedBefore = settling;
        boolean settles = !closedBefore.isEmpty();
        if (settles) {
            settling = new ArrayList<>();
        }
        // Served as they are found: a set of selected keys would cost a hash and a node for each.
        if (!tasks.isEmpty() || settles) {
            selector.selectNow(this::serve);
        } else if (timers.isEmpty()) {
            selector.select(this::serve);
        } else {
            long nanos = timers.element().due - System.nanoTime();
            if (nanos <= 0) {
                selector.selectNow(this::serve);
            } else {
                selector.select(this::serve, nanos / 1_000_000 + 1);
            }
        }
        if (settles) {
            closedBefore.forEach(this::runSafely);
        }
        runTimers();
        runTasks();
    }

    private void settle() {
        List<Runnable> settled = settling;
        settling = new ArrayList<>();
        settled.forEach(this::runSafely);
    }

    private void runTimers() {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.element().due - now <= 0) {
            runSafely(timers.remove().task);
        }
    }

    private void runTasks() {
        // Not those that come in meanwhile: sockets have their turn between them.
        for (int left = 1024; left > 0; left--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            runSafely(task);
        }
    }

    private void serve(SelectionKey key) {
        Ready ready = (Ready) key.attachment();
        try {
            if (key.isValid()) {
                ready.ready(key);
            }
        } catch (CancelledKeyException e) {
            log.trace("a key was cancelled while it was served", e);
        } catch (IOException | RuntimeException e) {
            runSafely(() -> ready.failed(e));
        } catch (Error e) {
            log.error("{}: a socket was served and that failed badly", thread.getName(), e);
            runSafely(() -> ready.failed(new IOException(e.toString(), e)));
        }
    }

    /** Whatever a task throws, the others on this loop live on. */
    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("{}: a task failed", thread.getName(), e);
        }
    }

    /** Nobody waits for ever for a task that was handed over too late: it runs where it is. */
    private synchronized void drainAfterClose() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            runSafely(task);
        }
        settle();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("closing failed", e);
        }
    }
}
