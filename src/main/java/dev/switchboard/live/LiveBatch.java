package dev.switchboard.live;

import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gathers what one batch to a browser says: a sample of the frames that match its filter, how many more there were, and
 * each life-cycle event. Used by one thread.
 */
final class LiveBatch {

    /** Rows of a batch. */
    static final int ROWS = 250;

    /** With so many life-cycle events a batch goes out, and what follows goes into the next one. */
    private static final int LIFE_CYCLES = 2000;

    private final MessageFilter filter;
    private final RowSample sample = new RowSample(ROWS, ThreadLocalRandom.current());
    private final List<LifeCycle> lifeCycles = new ArrayList<>();
    private final long after;
    private long to;
    private long lost;

    /** @param after the id after which the batch begins */
    LiveBatch(MessageFilter filter, long after) {
        this.filter = filter;
        this.after = after;
        this.to = after;
    }

    void add(Tail.Step step) {
        to = step.to();
        lost += step.lost();
        for (TrafficEvent event : step.events()) {
            if (event instanceof LifeCycle lifeCycle) {
                lifeCycles.add(lifeCycle);
            } else if (filter.admits(event)) {
                offer(event, step.after());
            }
        }
    }

    private void offer(TrafficEvent event, long seen) {
        int first = (int) Math.max(0, seen + 1 - event.id());
        if (filter.wholesale()) {
            sample.offer(event, first, event.frames());
            return;
        }
        for (int i = first; i < event.frames(); i++) {
            if (filter.matchesWithin(event.frame(i))) {
                sample.offer(event, i);
            }
        }
    }

    /** Whether no more should be added. */
    boolean full() {
        return lifeCycles.size() >= LIFE_CYCLES;
    }

    /** The first id it covers. */
    long from() {
        return after + 1;
    }

    /** The last id it covers. */
    long to() {
        return to;
    }

    /** At most {@link #ROWS}, in the order of capture. */
    List<Frame> rows() {
        return sample.frames();
    }

    /**
     * How many frames there were beside the rows: exactly those that match the filter, and whatever the filter, those
     * that history had to forget before this reader came to them.
     */
    long skipped() {
        return sample.offered() - Math.min(sample.offered(), ROWS) + lost;
    }

    List<LifeCycle> lifeCycles() {
        return lifeCycles;
    }
}
