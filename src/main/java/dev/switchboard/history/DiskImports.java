package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** What a {@link DiskStore} takes in from elsewhere, each time into a file of its own. Any thread may call. */
final class DiskImports {

    private final ReentrantLock lock;
    private final Recording recording;
    private final IndexKeeper index;
    private final LogLimits limits;
    private final SegmentCache cache;
    private final LongSupplier clock;
    private final Runnable changed;

    /** Bytes of imports on their way. */
    private long onTheirWay;

    private long last;

    /**
     * @param lock the store's
     * @param changed called with the lock when there is more than before
     */
    DiskImports(
            ReentrantLock lock,
            Recording recording,
            IndexKeeper index,
            LogLimits limits,
            SegmentCache cache,
            LongSupplier clock,
            Runnable changed) {
        this.lock = lock;
        this.recording = recording;
        this.index = index;
        this.limits = limits;
        this.cache = cache;
        this.clock = clock;
        this.changed = changed;
    }

    /** @throws IOException if its file can't be made */
    Import begin() throws IOException, ImportTooLargeException {
        lock.lock();
        try {
            IndexedLog into = recording.into();
            if (into == null) {
                throw new HistoryUnwritableException("history can't be written now", null);
            }
            long number = Math.max(last, into.lastImport()) + 1;
            Import begun = new DiskImport(this, into.imported(number), ImportIds.begin(number), limits, cache);
            last = number;
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** An import came to nothing: its number is free again, unless another has begun since. */
    void abandoned(long number) {
        lock.lock();
        try {
            if (number == last) {
                last--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts bytes of an import that is on its way, or, if they are negative, not any more. */
    void count(long more) throws ImportTooLargeException {
        lock.lock();
        try {
            IndexedLog into = recording.into();
            long bound = limits.maxBytes() / 2;
            if (more > 0 && onTheirWay + more + (into == null ? 0 : into.importedBytes()) > bound) {
                throw ImportTooLargeException.inBytes(bound);
            }
            onTheirWay += more;
        } finally {
            lock.unlock();
        }
    }

    /** Makes an import that is whole part of history. */
    void commit(LogEntry imported) {
        lock.lock();
        try {
            IndexedLog into = recording.into();
            if (into == null) {
                throw new HistoryUnwritableException("history can't be written now", null);
            }
            into.add(imported, clock.getAsLong());
            changed.run();
        } finally {
            lock.unlock();
        }
        for (FileStretch stretch : imported.stretches()) {
            List<LifeCycle> events = LogScan.lifeCycles(List.of(stretch));
            lock.lock();
            try {
                index.change(LogIndex.addEvents(events));
            } finally {
                lock.unlock();
            }
        }
    }
}
