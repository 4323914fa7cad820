package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.Arrays;
import java.util.List;

/**
 * The stretch that is being written: its events in memory, those that are in the file and those on their way there. An
 * array that was published is only ever written to beyond what was published. Used by whoever holds the store's lock.
 */
final class Growing {

    private final long offset;
    private TrafficEvent[] events = new TrafficEvent[256];
    private int size;
    private Outline.Tally tally = Outline.Tally.NONE;
    private int written;
    private Outline.Tally writtenTally = Outline.Tally.NONE;
    private boolean split;

    /** @param offset where it begins in the file */
    Growing(long offset) {
        this.offset = offset;
    }

    long offset() {
        return offset;
    }

    /** Adds an event that is on its way. */
    void add(TrafficEvent event, int cost) {
        if (size == events.length) {
            events = Arrays.copyOf(events, size * 2);
        }
        events[size++] = event;
        tally = tally.plus(event, cost);
        split |= event.weight() > LogFormat.ONE_PACKET;
    }

    /** All of them are in the file. */
    void wrote() {
        written = size;
        writtenTally = tally;
    }

    /** Those on their way did not get there. */
    List<TrafficEvent> takeBack() {
        List<TrafficEvent> lost = List.of(Arrays.copyOfRange(events, written, size));
        size = written;
        tally = writtenTally;
        return lost;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    boolean split() {
        return split;
    }

    Outline.Tally tally() {
        return tally;
    }

    TrafficEvent first() {
        return events[0];
    }

    TrafficEvent last() {
        return events[size - 1];
    }

    /** As it is now, for readers. */
    Segment published() {
        return Segment.growing(events, size, tally);
    }

    /** As it is in the end. */
    Segment sealed() {
        TrafficEvent[] all = Arrays.copyOf(events, size);
        return new Segment(all, size, Outline.of(all, tally));
    }
}
