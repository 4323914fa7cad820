package dev.switchboard.framing;

/** The brackets that are open, one bit each: a set bit is an object, a clear one an array. */
final class JsonNesting {

    private final long[] objects = new long[Framing.Json.MAX_DEPTH / Long.SIZE];
    private int depth;

    int depth() {
        return depth;
    }

    boolean full() {
        return depth == Framing.Json.MAX_DEPTH;
    }

    /** @param bracket <code>{</code> or {@code [}; not when full */
    void open(byte bracket) {
        long bit = 1L << depth;
        if (bracket == '{') {
            objects[depth / Long.SIZE] |= bit;
        } else {
            objects[depth / Long.SIZE] &= ~bit;
        }
        depth++;
    }

    /** The bracket that would close the innermost one; not when none is open. */
    byte closing() {
        int innermost = depth - 1;
        boolean object = (objects[innermost / Long.SIZE] & 1L << innermost) != 0;
        return (byte) (object ? '}' : ']');
    }

    void close() {
        depth--;
    }
}
