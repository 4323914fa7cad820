package dev.switchboard.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one place where what happened on the sockets is taken down, and where it gets its id and its time.
 *
 * <pre>
 *                 head                 kept            next
 *                  │                    │               │
 *   evicted  ◄── ──┴─ . . . . . . . . . ┴─ . . . . . . ─┴─ ◄── appended by the threads that move bytes
 *                      ▲ a live follower    ▲ the keeper (history): nothing it has not read is evicted
 * </pre>
 *
 * <p>A ring, bounded in bytes and in records. Appending takes a number and stores a reference; it never waits for a
 * reader. Followers read behind on threads of their own. A plain follower that is too slow is told how many frames it
 * missed. The keeper misses nothing: when it is far behind, {@link #congested()} is true and whoever reads from TCP
 * stops doing so until {@link #whenRoom} is called; datagrams, which do not wait, are counted as a {@link Gap}.
 *
 * <p>Ids start at the process's start in microseconds since the epoch, so they go on increasing over a restart as long
 * as fewer than a million a second are given over the life of a process, and have 16 digits until the year 2286.
 *
 * <p>Any thread may call any method.
 */
public final class Capture {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition hurried = lock.newCondition();
    private final CaptureClock clock = new CaptureClock();
    private final String epoch;
    private final long highWater;
    private final long lowWater;
    private final long recordsHighWater;

    private final long recordsLowWater;
    private final CaptureRing ring;
    private final Missed missed = new Missed();
    private final List<Runnable> roomListeners = new ArrayList<>();

    private long nextId;
    private int sleepers;
    /** Position before which nobody lingers. */
    private long hurriedUpTo;

    private @Nullable Follower keeper;
    private final LongAdder congestions = new LongAdder();
    private volatile boolean congested;
    private volatile long latest;

    /**
     * @param maxBytes bound on what the ring keeps alive, at least 1 MiB
     * @param maxRecords bound on the number of records, a power of two
     */
    public Capture(long maxBytes, int maxRecords) {
        if (maxBytes < 1 << 20 || Integer.bitCount(maxRecords) != 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1 MiB, maxRecords a power of two");
        }
        Instant started = Instant.now();
        this.highWater = maxBytes / 4 * 3;
        this.lowWater = maxBytes / 2;
        this.recordsHighWater = maxRecords * 3L / 4;
        this.recordsLowWater = maxRecords / 2L;
        this.ring = new CaptureRing(maxBytes, maxRecords);
        this.nextId = Math.max(1, started.getEpochSecond() * 1_000_000 + started.getNano() / 1_000);
        this.latest = nextId - 1;
        this.epoch = Long.toString(started.toEpochMilli(), 36);
    }

    /** Tells this run of the process from every other; part of connection ids. */
    public String epoch() {
        return epoch;
    }

    /**
     * Gives no id up to {@code id} from now on. For whoever remembers an earlier run: the clock may have been set back
     * since then, or more than a million ids a second were given, and what is remembered is found by ids that increase.
     */
    public void goOnAfter(long id) {
        lock.lock();
        try {
            if (nextId <= id) {
                nextId = id + 1;
                latest = id;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The last id given, or one less than the first while none was. */
    public long latest() {
        return latest;
    }

    /**
     * The present moment on the clock that stamps what is captured: nanoseconds since the epoch, never stepping back.
     */
    public long now() {
        lock.lock();
        try {
            return clock.now();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the keeper is so far behind that bytes should be left in the kernel for now. */
    public boolean congested() {
        return congested;
    }

    /** What the keeper has not read yet costs, in bytes; 0 when there is no keeper. */
    long unkeptBytes() {
        lock.lock();
        try {
            return keeper == null ? 0 : unkeptBytes(keeper);
        } finally {
            lock.unlock();
        }
    }

    /** How often {@link #congested()} began. */
    long congestions() {
        return congestions.sum();
    }

    /** Has {@code listener} called, on the keeper's thread, whenever {@link #congested()} ends. It must not block. */
    public void whenRoom(Runnable listener) {
        lock.lock();
        try {
            roomListeners.add(listener);
        } finally {
            lock.unlock();
        }
    }

    /** As the other one, for who has no {@link Way} at hand. */
    public Chunk moved(
            ConnectionKey connection, Direction direction, byte[] moved, FrameEnds ends, byte @Nullable [] straddler) {
        return moved(new Way(connection, direction), moved, ends.with(straddler));
    }

    /**
     * Takes down bytes of a stream. The caller keeps out of here while {@link #congested()}, but for what is already in
     * its hands.
     */
    public Chunk moved(Way way, byte[] moved, FrameEnds ends) {
        lock.lock();
        try {
            Chunk chunk = new Chunk(nextId, clock.now(), way, moved, ends);
            append(chunk);
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes down one datagram, or counts it as missed while {@link #congested()}.
     *
     * @return the chunk, in any case one that has an id; {@code recorded} tells whether readers will see it
     */
    public Datagram datagram(ConnectionKey peer, Direction direction, byte[] payload, Origin origin) {
        lock.lock();
        try {
            Chunk chunk = new Chunk(
                    nextId, clock.now(), peer, direction, payload, FrameEnds.whole(payload.length, origin), null);
            if (congested) {
                missed.add(peer.endpoint(), 1);
                nextId++;
                latest = nextId - 1;
                return new Datagram(chunk, false);
            }
            append(chunk);
            return new Datagram(chunk, true);
        } finally {
            lock.unlock();
        }
    }

    /** What became of a datagram. */
    public record Datagram(Chunk chunk, boolean recorded) {}

    /** Takes down what was left of a frame when its connection ended. */
    public Unfinished unfinished(ConnectionKey connection, Direction direction, Origin origin, byte[] wire) {
        lock.lock();
        try {
            Unfinished event = new Unfinished(nextId, clock.now(), connection, direction, origin, wire);
            append(event);
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** Takes down a step in the life of an endpoint. */
    public LifeCycle endpoint(String endpoint, LifeCycle.Kind kind, LifeCycle.@Nullable Call call, String detail) {
        return lifeCycle(endpoint, null, kind, call, detail, null, LifeCycle.UNTIMED);
    }

    /**
     * Takes down a step in the life of an endpoint that was just made, with the time at which its call returned so far
     * as nothing later was taken down already.
     */
    public LifeCycle endpoint(String endpoint, LifeCycle.Kind kind, LifeCycle.Call call, String detail, CallTime made) {
        lock.lock();
        try {
            LifeCycle event = new LifeCycle(
                    nextId, clock.at(made.ended()), endpoint, null, kind, call, detail, null, made.took());
            append(event);
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** Takes down a step in the life of a connection; the end of one goes through {@link #ended}. */
    public LifeCycle connection(
            ConnectionKey connection, LifeCycle.Kind kind, LifeCycle.@Nullable Call call, String detail) {
        return connection(connection, kind, call, detail, LifeCycle.UNTIMED);
    }

    /** The same with the nanoseconds that the call took. */
    public LifeCycle connection(
            ConnectionKey connection, LifeCycle.Kind kind, LifeCycle.@Nullable Call call, String detail, long took) {
        return lifeCycle(connection.endpoint(), connection, kind, call, detail, null, took);
    }

    /** Takes down the end of a connection; to be called once, after everything else about it. */
    public LifeCycle ended(ConnectionKey connection, LifeCycle.@Nullable Call call, String detail, CloseReason reason) {
        boolean reset = reason == CloseReason.PEER_RESET || reason == CloseReason.LOCAL_RESET;
        LifeCycle.Kind kind = reset ? LifeCycle.Kind.RESET : LifeCycle.Kind.CLOSED;
        return lifeCycle(connection.endpoint(), connection, kind, call, detail, reason, LifeCycle.UNTIMED);
    }

    private LifeCycle lifeCycle(
            String endpoint,
            @Nullable ConnectionKey connection,
            LifeCycle.Kind kind,
            LifeCycle.@Nullable Call call,
            String detail,
            @Nullable CloseReason reason,
            long took) {
        lock.lock();
        try {
            LifeCycle event =
                    new LifeCycle(nextId, clock.now(), endpoint, connection, kind, call, detail, reason, took);
            append(event);
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** Follows what comes from now on; for browsers and streams. */
    public Follower follow() {
        lock.lock();
        try {
            return new Follower(this, ring.next(), ring.framesBefore(ring.next()));
        } finally {
            lock.unlock();
        }
    }

    /** Follows everything and misses nothing; there is one keeper at the most, and it must keep reading. */
    public Follower keep() {
        lock.lock();
        try {
            if (keeper != null) {
                throw new IllegalStateException("there is a keeper already");
            }
            keeper = new Follower(this, ring.head(), ring.framesBefore(ring.head()));
            return keeper;
        } finally {
            lock.unlock();
        }
    }

    /** Lets every follower have at once what there is by now, whether it lingers to gather more or is yet to. */
    public void hurry() {
        lock.lock();
        try {
            hurriedUpTo = ring.next();
            hurried.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void append(TrafficEvent event) {
        makeRoom(event);
        ring.append(event);
        nextId += event.ids();
        latest = nextId - 1;
        if (keeper != null
                && !congested
                && (unkeptBytes(keeper) > highWater || ring.next() - keeper.position > recordsHighWater)) {
            congested = true;
            congestions.increment();
            hurried.signalAll();
        }
        if (sleepers > 0) {
            arrived.signalAll();
        }
    }

    /**
     * Evicts the oldest. What the keeper has not read stays, over the bound in bytes if it must be: whoever appends now
     * has bytes in its hands already, which are bounded by the number of threads. Only when every slot is taken by what
     * the keeper has not read is something lost, and then it is counted.
     */
    private void makeRoom(TrafficEvent event) {
        ring.makeRoom(event, keeper == null ? ring.next() : keeper.position);
        if (ring.everySlotTaken()) {
            TrafficEvent lost = ring.evict();
            missed.add(lost.endpoint(), lost instanceof Gap gap ? gap.missed() : lost.frames());
        }
    }

    @SuppressWarnings("WaitNotInLoop") // lingering less than asked does no harm
    Batch next(Follower follower, int max, Duration linger, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            sleepUntilThereIsSomething(follower, patience);
            if (lingers(follower) && !linger.isZero() && ring.next() - follower.position < max) {
                hurried.awaitNanos(linger.toNanos());
            }
            return read(follower, max);
        } finally {
            lock.unlock();
        }
    }

    boolean await(Follower follower, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            sleepUntilThereIsSomething(follower, patience);
            return follower.position != ring.next();
        } finally {
            lock.unlock();
        }
    }

    private void sleepUntilThereIsSomething(Follower follower, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        sleepers++;
        try {
            while (follower.position == ring.next() && nanos > 0 && !follower.closed) {
                nanos = arrived.awaitNanos(nanos);
            }
        } finally {
            sleepers--;
        }
    }

    /** What the keeper has not read yet costs. It may have fallen behind what was lost. */
    private long unkeptBytes(Follower keeper) {
        return ring.costBetween(Math.max(keeper.position, ring.head()), ring.next());
    }

    private boolean lingers(Follower follower) {
        return follower.position >= hurriedUpTo && follower.position != ring.next() && !follower.closed && !congested;
    }

    private Batch read(Follower follower, int max) {
        long skipped = 0;
        if (follower.position < ring.head()) {
            skipped = ring.framesBefore(ring.head()) - follower.frames;
            follower.position = ring.head();
        }
        long to = Math.min(follower.position + max, ring.next());
        List<TrafficEvent> events = ring.between(follower.position, to);
        follower.position = to;
        follower.frames = ring.framesBefore(to);
        if (follower == keeper) {
            kept(follower);
        }
        return new Batch(events, skipped);
    }

    private void kept(Follower keeper) {
        if (congested && unkeptBytes(keeper) < lowWater && ring.next() - keeper.position < recordsLowWater) {
            congestionEnds();
        }
    }

    private void congestionEnds() {
        congested = false;
        missed.tell((endpoint, frames) -> append(new Gap(nextId, clock.now(), endpoint, frames)));
        roomListeners.forEach(Runnable::run);
    }

    void skip(Follower follower, long id) {
        lock.lock();
        try {
            follower.position = ring.firstBeyond(id, follower.position);
            follower.frames = ring.framesBefore(follower.position);
        } finally {
            lock.unlock();
        }
    }

    void close(Follower follower) {
        lock.lock();
        try {
            follower.closed = true;
            if (follower == keeper) {
                // While it is still the keeper, so that a gap pushes out nothing that it is yet to read.
                congestionEnds();
                keeper = null;
                congested = false;
            }
            arrived.signalAll();
            hurried.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
