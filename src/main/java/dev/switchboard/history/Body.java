package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes to which numbers and texts are added; to be used again and again by one thread. */
final class Body {

    private byte[] bytes = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    Body octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Seven bits an octet, the lowest first; an octet whose highest bit is set is followed by another. */
    Body number(long value) {
        room(10);
        if ((value & ~0x7FL) == 0) {
            bytes[size++] = (byte) value;
            return this;
        }
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    Body text(String text) {
        return bytes(text.getBytes(UTF_8));
    }

    Body bytes(byte[] more) {
        return number(more.length).raw(more);
    }

    /** What was added from there on. */
    byte[] copy(int from) {
        return Arrays.copyOfRange(bytes, from, size);
    }

    /** Adds bytes without saying how many. */
    Body raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
