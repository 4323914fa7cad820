package dev.switchboard.history;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The segments that were read from files last, bounded in what they cost, since who reads one looks at it again and
 * again: a page at a time, a step at a time. Any thread may call.
 */
final class SegmentCache {

    private final long maxCost;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Place, Segment> segments = new LinkedHashMap<>(16, 0.75f, true);
    private long cost;

    private record Place(LogFile file, long offset) {}

    /** @param maxCost in bytes of files */
    SegmentCache(long maxCost) {
        this.maxCost = maxCost;
    }

    /** Reads what is not there outside of the lock; two who want the same at once may both do so. */
    Segment get(FileStretch stretch, Supplier<Segment> reader) {
        Place place = new Place(stretch.file(), stretch.offset());
        lock.lock();
        try {
            Segment known = segments.get(place);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        Segment read = reader.get();
        lock.lock();
        try {
            if (segments.put(place, read) == null) {
                cost += read.outline().tally().cost();
            }
            evict();
        } finally {
            lock.unlock();
        }
        return read;
    }

    /** Forgets all of them. */
    void clear() {
        lock.lock();
        try {
            segments.clear();
            cost = 0;
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        Iterator<Segment> eldest = segments.values().iterator();
        while (cost > maxCost && segments.size() > 1 && eldest.hasNext()) {
            cost -= eldest.next().outline().tally().cost();
            eldest.remove();
        }
    }
}
