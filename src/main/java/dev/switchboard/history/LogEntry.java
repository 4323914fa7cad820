package dev.switchboard.history;

import java.util.List;
import java.util.function.LongPredicate;

/** What a file of the log holds. Its length grows while it is the last and being written. */
record LogEntry(LogFile file, long length, List<FileStretch> stretches) {

    long lastAt() {
        return stretches.stream()
                .mapToLong(stretch -> stretch.outline().lastAt())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    long frames() {
        return stretches.stream()
                .mapToLong(stretch -> stretch.outline().tally().frames())
                .sum();
    }

    long lastId() {
        return stretches.isEmpty() ? 0 : stretches.getLast().outline().lastId();
    }

    /** Whether it holds one of certain stretches, told by their first ids. */
    boolean holds(LongPredicate certain) {
        return stretches.stream()
                .anyMatch(stretch -> certain.test(stretch.outline().firstId()));
    }
}
