package dev.switchboard.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what was written is on the disk and not only with the kernel, once every interval, on a thread of its
 * own, since that takes as long as the disk takes. Its other methods are called by whoever holds the store's lock.
 */
final class LogSync implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogSync.class);

    /** Files that may wait to be synced and closed; then whoever writes waits for the disk. */
    private static final int MAX_FINISHED = 2;

    private final long intervalNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<FileChannel> finished = new ArrayDeque<>();
    private @Nullable FileChannel current;
    private boolean written;
    private boolean closing;
    private @Nullable Thread thread;

    LogSync(Duration interval) {
        this.intervalNanos = interval.toNanos();
    }

    /** Something was written to the file. */
    void wrote(FileChannel channel) {
        lock.lock();
        try {
            current = channel;
            written = true;
            if (thread == null) {
                thread = Thread.ofPlatform().name("history-sync").daemon().start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be written to the file; it is synced, and closed here. */
    void finish(FileChannel channel) {
        lock.lock();
        try {
            if (current == channel) {
                current = null;
                written = false;
            }
            while (thread != null && !closing && finished.size() >= MAX_FINISHED) {
                changed.awaitUninterruptibly();
            }
            finished.add(channel);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (thread == null) {
            syncFinished();
        }
    }

    private void run() {
        try {
            while (await()) {
                syncFinished();
                syncCurrent();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // However it ends, nobody waits for it from now on; the next write begins another.
            lock.lock();
            try {
                thread = null;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Until it is time, or a file is finished. */
    private boolean await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = intervalNanos;
            while (nanos > 0 && finished.isEmpty() && !closing) {
                nanos = changed.awaitNanos(nanos);
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private void syncFinished() {
        while (true) {
            FileChannel next;
            lock.lock();
            try {
                next = finished.peek();
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return;
            }
            try (next) {
                next.force(false);
            } catch (IOException e) {
                log.warn("a file of history could not be synced", e);
            }
            lock.lock();
            try {
                finished.remove(next);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void syncCurrent() {
        FileChannel channel;
        lock.lock();
        try {
            channel = written ? current : null;
            written = false;
        } finally {
            lock.unlock();
        }
        if (channel != null) {
            try {
                channel.force(false);
            } catch (IOException e) {
                log.debug("closed meanwhile, or the disk fails, which the next write will tell: {}", e.toString());
            }
        }
    }

    /** Returns when everything is on the disk, and all is closed that was finished. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closing = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        syncFinished();
    }
}
