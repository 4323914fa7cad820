package dev.switchboard.export;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * One direction of a TCP connection, put in order by sequence numbers (RFC 9293, section 3.4): what comes twice is
 * dropped, what comes early is held until what is missing has come, or until it is clear that it will not. Bytes are
 * never made up: a hole is told of as one. Used by one thread.
 */
final class TcpDirection {

    /** Held at the most, in one direction. */
    static final int MAX_HELD_BYTES = 1 << 20;

    static final int MAX_HELD_SEGMENTS = 1024;

    /**
     * When the receiver has acknowledged what is missing, it was on the wire, and is missing in the capture alone; but
     * a capture may have packets a little out of order.
     */
    static final long HOLE_PATIENCE_NANOS = 200_000_000;

    /** Is told what came of a segment, at the time of the segment that brought it about. */
    interface Sink {
        void moved(byte[] bytes, long at);

        void lost(long bytes, long at);

        void finished(long at);
    }

    /** @param length on the wire; more than there are bytes if the capture cut the packet */
    private record Held(byte[] bytes, int length, boolean fin) {}

    private final Sink sink;
    private final HeldBytes budget;
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private int heldBytes;
    private long holeSince;

    private boolean started;
    private boolean finished;
    /** The sequence number that comes next, not wrapped around; its lower 32 bits are the number. */
    private long next;
    /** The highest number the other side has acknowledged, in the same count. */
    private long acknowledged;

    /** @param budget shared by all directions of all connections */
    TcpDirection(Sink sink, HeldBytes budget) {
        this.sink = sink;
        this.budget = budget;
    }

    boolean started() {
        return started;
    }

    boolean finished() {
        return finished;
    }

    /** The first payload byte will have this number: the SYN's plus one. */
    void begin(int seq) {
        if (!started) {
            started = true;
            next = seq & 0xFFFF_FFFFL;
            acknowledged = next;
        }
    }

    /** How far a number is ahead of what comes next; within 2 GiB either way. */
    private long position(int seq) {
        return next + (seq - (int) next);
    }

    /**
     * A segment with payload {@code array[from, to)} or a FIN or both.
     *
     * @param length of the payload on the wire
     */
    void segment(int seq, byte[] array, int from, int to, int length, boolean fin, long at) {
        begin(seq);
        long position = position(seq);
        if (finished || (length == 0 && !fin)) {
            return;
        }
        if (position > next) {
            hold(position, new Held(Arrays.copyOfRange(array, from, to), length, fin), at);
            return;
        }
        if (take(position, array, from, to, length, fin, at)) {
            release(at);
        }
    }

    /** @return whether anything in it was new */
    private boolean take(long position, byte[] array, int from, int to, int length, boolean fin, long at) {
        long end = position + length;
        if (end < next || (end == next && !fin)) {
            return false;
        }
        long known = next - position;
        if (known < length) {
            int there = to - from;
            if (known < there) {
                sink.moved(Arrays.copyOfRange(array, from + (int) known, to), at);
            }
            long missing = length - Math.max(known, there);
            if (missing > 0) {
                sink.lost(missing, at);
            }
        }
        next = end;
        if (fin) {
            finished = true;
            drop();
            sink.finished(at);
        }
        return true;
    }

    private void hold(long position, Held early, long at) {
        if (held.isEmpty()) {
            holeSince = at;
        }
        Held other = held.get(position);
        if (other != null && other.length >= early.length) {
            return;
        }
        if (other != null) {
            count(-other.bytes.length);
        }
        held.put(position, early);
        count(early.bytes.length);
        while (heldBytes > MAX_HELD_BYTES || held.size() > MAX_HELD_SEGMENTS || (budget.spent() && !held.isEmpty())) {
            skipHole(at);
        }
    }

    private void count(int bytes) {
        heldBytes += bytes;
        budget.add(bytes);
    }

    private void release(long at) {
        while (!held.isEmpty() && held.firstKey() <= next) {
            Map.Entry<Long, Held> first = held.pollFirstEntry();
            Held early = first.getValue();
            count(-early.bytes.length);
            take(first.getKey(), early.bytes, 0, early.bytes.length, early.length, early.fin, at);
            holeSince = at;
        }
    }

    /** What comes next is missing: goes on with what is there. */
    private void skipHole(long at) {
        long first = held.firstKey();
        sink.lost(first - next, at);
        next = first;
        release(at);
    }

    /** The other side says that it has everything up to this number. */
    void acknowledged(int ack, long at) {
        if (!started || finished) {
            return;
        }
        acknowledged = Math.max(acknowledged, position(ack));
        while (!held.isEmpty() && acknowledged >= held.firstKey() && at - holeSince > HOLE_PATIENCE_NANOS) {
            skipHole(at);
        }
    }

    /** Nothing comes any more: what is held is told, with the holes before it. */
    void end(long at) {
        while (!held.isEmpty()) {
            skipHole(at);
        }
        // One may be the FIN itself.
        if (started && !finished && acknowledged - next > 1) {
            sink.lost(acknowledged - next, at);
            next = acknowledged;
        }
    }

    private void drop() {
        held.clear();
        count(-heldBytes);
    }
}
