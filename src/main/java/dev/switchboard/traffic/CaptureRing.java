package dev.switchboard.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of the {@link Capture} by position, bounded in bytes and in number; knows nothing of ids, times and
 * readers. Positions count from 0 and are never used again. Guarded by the capture's lock.
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

    private long head;
    private long next;
    private long frames;
    private long bytes;

    /** @param maxRecords a power of two */
    CaptureRing(long maxBytes, int maxRecords) {
        this.maxBytes = maxBytes;
        this.records = new TrafficEvent[maxRecords];
        this.framesBefore = new long[maxRecords];
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
        return bytes;
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
        long cost = cost(event);
        while (head < limit && (bytes + cost > maxBytes || everySlotTaken())) {
            evict();
        }
    }

    /** Evicts the oldest. */
    TrafficEvent evict() {
        int slot = slot(head);
        TrafficEvent evicted = Objects.requireNonNull(records[slot]);
        records[slot] = null;
        head++;
        bytes -= cost(evicted);
        return evicted;
    }

    /** There must be a free slot. */
    void append(TrafficEvent event) {
        int slot = slot(next);
        records[slot] = event;
        framesBefore[slot] = frames;
        frames += event.frames();
        bytes += cost(event);
        next++;
    }

    /** Those from one position to before another. */
    List<TrafficEvent> between(long from, long to) {
        List<TrafficEvent> events = new ArrayList<>((int) (to - from));
        for (long position = from; position < to; position++) {
            events.add(Objects.requireNonNull(records[slot(position)]));
        }
        return events;
    }

    private int slot(long position) {
        return (int) position & (records.length - 1);
    }
}
