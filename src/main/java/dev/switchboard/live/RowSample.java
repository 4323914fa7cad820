package dev.switchboard.live;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses some of many frames, in order, spread evenly, and at random within each stride: a fixed stride would march in
 * step with regular traffic and hide whole endpoints. How many there will be need not be known: when the room for
 * candidates is full, one of each two neighbours goes and strides are twice as long from there on.
 *
 * <p>Used by one thread.
 */
final class RowSample {

    private static final int CANDIDATES_PER_ROW = 4;

    private final int rows;
    private final RandomGenerator random;
    private TrafficEvent[] events = new TrafficEvent[16];
    private int[] indexes = new int[16];
    private int size;
    private long stride = 1;
    private long place;
    private long pick;
    private long offered;

    /** @param rows how many to choose at the most */
    RowSample(int rows, RandomGenerator random) {
        this.rows = rows;
        this.random = random;
    }

    /** Offers frame number {@code index} of {@code event}. */
    void offer(TrafficEvent event, int index) {
        offered++;
        if (place == pick) {
            add(event, index);
        }
        place++;
        if (place == stride) {
            if (size == rows * CANDIDATES_PER_ROW) {
                halve();
            }
            place = 0;
            pick = stride == 1 ? 0 : random.nextLong(stride);
        }
    }

    /** Offers the frames from number {@code from} to before {@code to}, as one by one, in steps of a stride. */
    void offer(TrafficEvent event, int from, int to) {
        int index = from;
        while (index < to) {
            // Those between here and the next that is chosen, or the end of the stride.
            long ahead = place <= pick ? pick - place : stride - 1 - place;
            int passed = (int) Math.min(ahead, to - 1 - index);
            offered += passed;
            place += passed;
            offer(event, index + passed);
            index += passed + 1;
        }
    }

    private void add(TrafficEvent event, int index) {
        if (size == events.length) {
            int room = Math.min(size * 2, rows * CANDIDATES_PER_ROW);
            events = Arrays.copyOf(events, room);
            indexes = Arrays.copyOf(indexes, room);
        }
        events[size] = event;
        indexes[size] = index;
        size++;
    }

    private void halve() {
        int half = size / 2;
        for (int i = 0; i < half; i++) {
            int kept = 2 * i + random.nextInt(2);
            events[i] = events[kept];
            indexes[i] = indexes[kept];
        }
        Arrays.fill(events, half, size, null);
        size = half;
        stride *= 2;
    }

    /** How many frames were offered. */
    long offered() {
        return offered;
    }

    /** The chosen ones in the order in which they were offered: all of them if there were no more than rows. */
    List<Frame> frames() {
        int count = Math.min(rows, size);
        List<Frame> frames = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            int from = (int) ((long) row * size / count);
            int to = (int) ((long) (row + 1) * size / count);
            int chosen = to - from == 1 ? from : random.nextInt(from, to);
            frames.add(events[chosen].frame(indexes[chosen]));
        }
        return frames;
    }
}
