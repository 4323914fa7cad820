package dev.switchboard.history;

import java.util.Arrays;

/** A set of ids, eight bytes each: there may be millions. Used by one thread. */
final class Ids {

    private long[] ids = new long[16];
    private int size;
    private boolean sorted = true;

    void add(long id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        sorted &= size == 0 || ids[size - 1] <= id;
        ids[size++] = id;
    }

    boolean contains(long id) {
        if (!sorted) {
            Arrays.sort(ids, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(ids, 0, size, id) >= 0;
    }
}
