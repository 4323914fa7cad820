package dev.switchboard.traffic;

import java.util.Arrays;

/**
 * The bytes of a frame that has not ended yet. It grows with what came, never by what might come, and gives its array
 * back when the frame has ended. Used by one thread at a time.
 */
final class Tail {

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    void append(byte[] source, int from, int to) {
        int count = to - from;
        if (count == 0) {
            return;
        }
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, length + (length >> 1)));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** The frame that began here and ends in {@code source} before {@code to}; the tail is empty afterwards. */
    byte[] join(byte[] source, int to) {
        byte[] whole = Arrays.copyOf(bytes, length + to);
        System.arraycopy(source, 0, whole, length, to);
        clear();
        return whole;
    }

    /** What is here; the tail is empty afterwards. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        clear();
        return taken;
    }

    private void clear() {
        bytes = NOTHING;
        length = 0;
    }
}
