package dev.switchboard.endpoint;

import java.util.List;

/**
 * What a kernel does that it may do and seldom does, over and over.
 *
 * @param reads how many bytes a read gives at the most, at least 1
 * @param writes how many bytes a write takes at the most; 0 is a buffer that is full
 * @param spuriousEvery each time after so many selects all sockets are said to be ready, and the next is for nothing; 0
 *     for never
 */
record Faults(List<Integer> reads, List<Integer> writes, int spuriousEvery) {

    /** Among {@code writes}: nothing is taken any more. */
    static final int NEVER = -1;

    static final Faults NONE = new Faults(List.of(1 << 20), List.of(1 << 20), 0);
}
