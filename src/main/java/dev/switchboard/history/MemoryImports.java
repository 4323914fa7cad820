package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a {@link MemoryStore} took in from elsewhere, in segments as it keeps them. Age does not touch it; it goes when
 * it is deleted. Guarded by the store's lock.
 */
final class MemoryImports {

    private static final int SEGMENT_EVENTS = 4096;

    private final ReentrantLock lock;
    private final long bound;
    private final long segmentBytes;
    private final Runnable changed;

    private final List<Segment> committed = new ArrayList<>();
    /** Of what is committed and what is on its way. */
    private long cost;

    private int number;

    /**
     * @param lock the store's
     * @param bound on the cost of all imports
     * @param segmentBytes at most so much in a segment
     * @param changed called with the lock when there is more or less than before
     */
    MemoryImports(ReentrantLock lock, long bound, long segmentBytes, Runnable changed) {
        this.lock = lock;
        this.bound = bound;
        this.segmentBytes = segmentBytes;
        this.changed = changed;
    }

    /** Takes the lock. */
    Import begin() throws ImportTooLargeException {
        lock.lock();
        try {
            Import begun = new OnItsWay(ImportIds.begin(number + 1L));
            number++;
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** In the order of ids. */
    List<Segment> segments() {
        return committed;
    }

    long cost() {
        return cost;
    }

    /** @return whether it was one of these */
    @SuppressWarnings("ReferenceEquality") // the very same object is meant
    boolean replace(Segment segment, Optional<Segment> left) {
        for (int i = 0; i < committed.size(); i++) {
            if (committed.get(i) == segment) {
                cost -= costOf(segment);
                if (left.isPresent()) {
                    committed.set(i, left.get());
                    cost += costOf(left.get());
                } else {
                    committed.remove(i);
                }
                return true;
            }
        }
        return false;
    }

    private static long costOf(Segment segment) {
        return segment.outline().tally().cost();
    }

    private final class OnItsWay implements Import {

        private final long firstId;
        private final List<Segment> segments = new ArrayList<>();
        private List<TrafficEvent> filling = new ArrayList<>();
        private long fillingCost;
        /** What stands in {@link #cost} for this import. */
        private long counted;

        private long nextId;
        private boolean over;
        /** Until it is part of history, or was given back. */
        private boolean numberUnused = true;

        private OnItsWay(long firstId) {
            this.firstId = firstId;
            this.nextId = firstId;
        }

        @Override
        public long firstId() {
            return firstId;
        }

        @Override
        public void append(List<TrafficEvent> events) throws ImportTooLargeException {
            if (over) {
                throw new IllegalStateException("this import is over");
            }
            count(events.stream().mapToLong(Segment::cost).sum());
            for (TrafficEvent event : events) {
                if (event.id() < nextId || event.lastId() >= firstId + IDS) {
                    throw new IllegalArgumentException("id " + event.id() + " is out of order or out of range");
                }
                nextId = event.lastId() + 1;
                long more = Segment.cost(event);
                if (filling.size() == SEGMENT_EVENTS || fillingCost + more > segmentBytes) {
                    seal();
                }
                filling.add(event);
                fillingCost += more;
            }
        }

        private void count(long more) throws ImportTooLargeException {
            lock.lock();
            try {
                if (cost + more > bound) {
                    throw ImportTooLargeException.inBytes(bound);
                }
                cost += more;
                counted += more;
                changed.run();
            } finally {
                lock.unlock();
            }
        }

        private void seal() {
            if (!filling.isEmpty()) {
                segments.add(Segment.sealed(filling.toArray(new TrafficEvent[0])));
                filling = new ArrayList<>();
                fillingCost = 0;
            }
        }

        @Override
        public void commit() {
            if (over) {
                throw new IllegalStateException("this import is over");
            }
            over = true;
            seal();
            lock.lock();
            try {
                committed.addAll(segments);
                committed.sort(
                        Comparator.comparingLong(segment -> segment.outline().firstId()));
                counted = 0;
                numberUnused = false;
                changed.run();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            over = true;
            segments.clear();
            filling = List.of();
            lock.lock();
            try {
                cost -= counted;
                counted = 0;
                if (numberUnused && number() == number) {
                    number--;
                }
                numberUnused = false;
            } finally {
                lock.unlock();
            }
        }
    }
}
