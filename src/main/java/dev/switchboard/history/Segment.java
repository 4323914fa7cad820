package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;

/**
 * A stretch of events at hand. Nothing in it changes: {@code events} may be longer than {@code size} and be written to
 * beyond it.
 *
 * @param size how many of {@code events} belong to it, at least 1
 */
record Segment(TrafficEvent[] events, int size, Outline outline) implements Stretch {

    /** Objects, heads of arrays, references: what a record costs beside its bytes, roughly. */
    private static final int RECORD = 192;

    private static final int FRAME = 12;

    /** What keeping an event costs in bytes of heap, roughly. */
    static long cost(TrafficEvent event) {
        long text = event instanceof LifeCycle lifeCycle ? lifeCycle.detail().length() : 0;
        return RECORD + FRAME * (long) event.frames() + event.weight() + text;
    }

    /** A segment of all of {@code events}, which will not grow and can be passed over by its index. */
    static Segment sealed(TrafficEvent[] events) {
        Outline.Tally tally = Outline.Tally.NONE;
        for (TrafficEvent event : events) {
            tally = tally.plus(event, cost(event));
        }
        return sealed(events, tally);
    }

    /** As {@link #sealed(TrafficEvent[])}, where it is known what they add up to. */
    static Segment sealed(TrafficEvent[] events, Outline.Tally tally) {
        return new Segment(events, events.length, Outline.of(events, tally));
    }

    /** The first {@code size} of {@code events}, to which others will be added. */
    static Segment growing(TrafficEvent[] events, int size, Outline.Tally tally) {
        TrafficEvent last = events[size - 1];
        return new Segment(
                events, size, new Outline(events[0].id(), last.lastId(), events[0].at(), last.at(), tally, null));
    }

    @Override
    public Segment load() {
        return this;
    }

    /** Place of the last event that begins at or before {@code id}; -1 when all begin after it. */
    int floor(long id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (events[middle].id() <= id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
