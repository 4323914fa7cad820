package dev.switchboard.history;

import java.util.Arrays;

/**
 * Finds one sequence of bytes in others (Boyer–Moore–Horspool: R. N. Horspool, "Practical fast searching in strings",
 * 1980), so the longer the sequence, the fewer bytes are looked at. Immutable.
 */
public final class BytePattern {

    private final byte[] bytes;
    private final int[] shift = new int[256];

    private BytePattern(byte[] bytes) {
        this.bytes = bytes;
        Arrays.fill(shift, bytes.length);
        for (int i = 0; i < bytes.length - 1; i++) {
            shift[bytes[i] & 0xFF] = bytes.length - 1 - i;
        }
    }

    /** @param bytes copied; an empty sequence is found everywhere */
    public static BytePattern of(byte[] bytes) {
        return new BytePattern(bytes.clone());
    }

    /** Whether {@code array[from, to)} holds the sequence. */
    public boolean foundIn(byte[] array, int from, int to) {
        int last = bytes.length - 1;
        if (last < 0) {
            return true;
        }
        int end = from + last;
        while (end < to) {
            if (array[end] == bytes[last] && Arrays.equals(array, end - last, end, bytes, 0, last)) {
                return true;
            }
            end += shift[array[end] & 0xFF];
        }
        return false;
    }

    /** A copy of the sequence. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
