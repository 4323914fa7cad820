package dev.switchboard.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of the {@link Capture} by position, bounded in bytes and in number; gives no ids and knows nothing of
 * times and readers. Positions count from 0 and are never used again. Guarded by the capture's lock.
 */
final class CaptureRing {

    /** What a record costs beside its bytes, roughly: objects, arrays' heads, slots. */
    private static final int RECORD_OVERHEAD = 192;

    /** What each frame in it costs: where it ends, how much of it is framing, who made it. */
    private static final int FRAME_OVERHEAD = 16;

    private final long maxBytes;
    private final @Nullable TrafficEvent[] records;
    /** Frames appended before the record in the same slot, since the start. */
    private final long[] framesBefore;

    /**
     * What was appended before the record in the same slot cost, since the start. So nobody needs to look at a record
     * that has been lying here for long to learn what goes with it: it is in no cache any more, nor is what it refers
     * to.
     */
    private final long[] costBefore;

    private long head;
    private long next;
    private long frames;
    private long cost;

    /** @param maxRecords a power of two */
    CaptureRing(long maxBytes, int maxRecords) {
        this.maxBytes = maxBytes;
        this.records = new TrafficEvent[maxRecords];
        this.framesBefore = new long[maxRecords];
        this.costBefore = new long[maxRecords];
    }

    /** What it counts as against the bound in bytes. */
    static long cost(TrafficEvent event) {
        return RECORD_OVERHEAD + (long) FRAME_OVERHEAD * event.frames() + event.weight();
    }

    /** Position of the oldest record; {@link #next} when there is none. */
    long head() {
        return head;
    }

    /** Position that the next record will have. */
    long next() {
        return next;
    }

    /** What all records here cost. */
    long bytes() {
        return costBetween(head, next);
    }

    /** What the records from one position to before another cost. */
    long costBetween(long from, long to) {
        return costBefore(to) - costBefore(from);
    }

    private long costBefore(long position) {
        return position == next ? cost : costBefore[slot(position)];
    }

    boolean everySlotTaken() {
        return next - head == records.length;
    }

    /** How many frames were appended before that position, which is one of a record here or {@link #next}. */
    long framesBefore(long position) {
        return position == next ? frames : framesBefore[slot(position)];
    }

    /** Evicts the oldest until there is room for an event, but none at {@code limit} or later. */
    void makeRoom(TrafficEvent event, long limit) {
        long room = maxBytes - cost(event);
        while (head < limit && (bytes() > room || everySlotTaken())) {
            evict();
        }
    }

    /** Evicts the oldest. */
    TrafficEvent evict() {
        int slot = slot(head);
        TrafficEvent evicted = Objects.requireNonNull(records[slot]);
        records[slot] = null;
        head++;
        return evicted;
    }

    /** There must be a free slot. */
    void append(TrafficEvent event) {
        int slot = slot(next);
        records[slot] = event;
        framesBefore[slot] = frames;
        costBefore[slot] = cost;
        frames += event.frames();
        cost += cost(event);
        next++;
    }

    /** Those from one position to before another. */
    List<TrafficEvent> between(long from, long to) {
        TrafficEvent[] events = new TrafficEvent[(int) (to - from)];
        int first = slot(from);
        int untilEnd = Math.min(events.length, records.length - first);
        System.arraycopy(records, first, events, 0, untilEnd);
        System.arraycopy(records, 0, events, untilEnd, events.length - untilEnd);
        return Arrays.asList(events);
    }

    /** Position of the first record at {@code from} or later that reaches beyond an id; {@link #next} if none does. */
    long firstBeyond(long id, long from) {
        long low = Math.max(from, head);
        long high = next;
        while (low < high) {
            long middle = low + high >>> 1;
            if (Objects.requireNonNull(records[slot(middle)]).lastId() > id) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int slot(long position) {
        return (int) position & (records.length - 1);
    }
}
