package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps traffic on the heap, in segments that do not change once they are full.
 *
 * <pre>
 *             dropped ◄── │ segment │ segment │ . . . │ segment │ growing │ ◄── append
 *   │ imported │ imported │
 *   └──────────────────────── what a reader sees ───────────────────────┘
 * </pre>
 *
 * <p>Readers take the {@link StoreView} as it is and work without a lock; whoever writes publishes a new one. The
 * oldest goes by whole segments. Each is at most a sixty-fourth of the bounds in size and in age, so that is how
 * closely they are kept.
 */
final class MemoryStore extends ViewedStore {

    private static final int SEGMENT_EVENTS = 4096;
    private static final long SEGMENT_BYTES = 4 << 20;
    private static final int GRAINS = 64;

    private final long maxBytes;
    private final long maxAgeNanos;
    private final LongSupplier clock;
    private final long segmentBytes;

    /** Held by whoever changes one of the fields below, never for longer than it takes to look at two segments. */
    private final ReentrantLock lock = new ReentrantLock();

    private List<Segment> sealed = new ArrayList<>();
    private TrafficEvent[] growing = new TrafficEvent[SEGMENT_EVENTS];
    private int growingSize;
    private Outline.Tally growingTally = Outline.Tally.NONE;
    private long sealedCost;
    private long newest;
    private long forgottenUpTo;
    private long forgottenFrames;

    private final MemoryImports imports;

    private final ReentrantLock deleting = new ReentrantLock();

    /**
     * @param maxBytes bound on what is kept, in bytes of heap, roughly
     * @param maxAge bound on how old it is
     * @param clock nanoseconds since the Unix epoch, the clock that stamps what is captured
     */
    MemoryStore(long maxBytes, Duration maxAge, LongSupplier clock) {
        this.maxBytes = maxBytes;
        this.maxAgeNanos = maxAge.toNanos();
        this.clock = clock;
        this.segmentBytes = Math.min(SEGMENT_BYTES, maxBytes / GRAINS);
        this.imports = new MemoryImports(lock, maxBytes / 2, segmentBytes, () -> {
            dropBeyondBounds();
            publish();
        });
    }

    @Override
    public long append(List<TrafficEvent> events) {
        lock.lock();
        try {
            for (TrafficEvent event : events) {
                if (full(event)) {
                    seal();
                    dropBeyondBounds();
                }
                add(event);
            }
            dropBeyondBounds();
            publish();
            return 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean full(TrafficEvent next) {
        return growingSize > 0
                && (growingSize == SEGMENT_EVENTS
                        || growingTally.cost() + Segment.cost(next) > segmentBytes
                        || next.at() - growing[0].at() > maxAgeNanos / GRAINS);
    }

    private void add(TrafficEvent event) {
        growing[growingSize++] = event;
        growingTally = growingTally.plus(event, Segment.cost(event));
        newest = event.lastId();
    }

    private void seal() {
        Segment segment = Segment.sealed(Arrays.copyOf(growing, growingSize), growingTally);
        sealed.add(segment);
        sealedCost += segment.outline().tally().cost();
        growing = new TrafficEvent[SEGMENT_EVENTS];
        growingSize = 0;
        growingTally = Outline.Tally.NONE;
    }

    @Override
    public void trim() {
        lock.lock();
        try {
            dropBeyondBounds();
            publish();
        } finally {
            lock.unlock();
        }
    }

    private void dropBeyondBounds() {
        if (growingSize > 0 && tooOld(growing[growingSize - 1].at())) {
            seal();
        }
        int dropped = 0;
        while (dropped < sealed.size() && beyondBounds(sealed.get(dropped))) {
            Segment oldest = sealed.get(dropped++);
            sealedCost -= oldest.outline().tally().cost();
            forgottenUpTo = oldest.outline().lastId();
            forgottenFrames += oldest.outline().tally().frames();
        }
        if (dropped > 0) {
            sealed = new ArrayList<>(sealed.subList(dropped, sealed.size()));
        }
    }

    private boolean beyondBounds(Segment oldest) {
        return imports.cost() + sealedCost + growingTally.cost() > maxBytes
                || tooOld(oldest.outline().lastAt());
    }

    private boolean tooOld(long at) {
        return clock.getAsLong() - at > maxAgeNanos;
    }

    private void publish() {
        int grown = growingSize > 0 ? 1 : 0;
        List<Segment> imported = imports.segments();
        Stretch[] stretches = imported.toArray(new Stretch[imported.size() + sealed.size() + grown]);
        for (int i = 0; i < sealed.size(); i++) {
            stretches[imported.size() + i] = sealed.get(i);
        }
        if (grown > 0) {
            stretches[stretches.length - 1] = Segment.growing(growing, growingSize, growingTally);
        }
        publish(new StoreView(stretches, newest, forgottenUpTo, forgottenFrames));
    }

    @Override
    public Import beginImport() throws ImportTooLargeException {
        return imports.begin();
    }

    @Override
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public long delete(MessageFilter filter, long upTo) {
        deleting.lock();
        try {
            StoreView seen = view();
            Forgetting forgetting = Forgetting.in(seen, filter, upTo);
            long done = Long.MIN_VALUE;
            for (Stretch stretch : seen.stretches()) {
                Segment segment = stretch.load();
                if (segment.outline().index() != null) {
                    replace(segment, forgetting.without(segment));
                    done = segment.outline().lastId();
                }
            }
            finish(forgetting, done);
            return forgetting.forgotten();
        } finally {
            deleting.unlock();
        }
    }

    /** A segment that was dropped meanwhile stays dropped. */
    @SuppressWarnings("ReferenceEquality") // the very same object is meant
    private void replace(Segment segment, Optional<Segment> left) {
        if (left.isPresent() && left.get() == segment) {
            return;
        }
        lock.lock();
        try {
            if (imports.replace(segment, left)) {
                publish();
                return;
            }
            for (int i = 0; i < sealed.size(); i++) {
                if (sealed.get(i) == segment) {
                    put(i, left);
                    publish();
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void put(int place, Optional<Segment> left) {
        sealedCost -= sealed.get(place).outline().tally().cost();
        if (left.isPresent()) {
            sealed.set(place, left.get());
            sealedCost += left.get().outline().tally().cost();
        } else {
            sealed.remove(place);
        }
    }

    /** The segment that is growing, and the few that were filled since the deletion began. */
    private void finish(Forgetting forgetting, long done) {
        lock.lock();
        try {
            if (growingSize > 0) {
                seal();
            }
            for (int i = sealed.size() - 1; i >= 0 && sealed.get(i).outline().firstId() > done; i--) {
                Optional<Segment> left = forgetting.without(sealed.get(i));
                put(i, left);
            }
            growOn();
            publish();
        } finally {
            lock.unlock();
        }
    }

    /** Opens the last segment again if there is much room in it, so that many deletions don't leave many tiny ones. */
    private void growOn() {
        if (sealed.isEmpty() || sealed.getLast().size() > SEGMENT_EVENTS / 2) {
            return;
        }
        Segment last = sealed.removeLast();
        sealedCost -= last.outline().tally().cost();
        growing = Arrays.copyOf(last.events(), SEGMENT_EVENTS);
        growingSize = last.size();
        growingTally = last.outline().tally();
    }

    @Override
    public HistoryStatus status() {
        return HistoryStatus.recording("memory");
    }
}
