package dev.switchboard.history;

/**
 * Equal parts of a stretch of time. Begins and widths are whole microseconds, since that is how times are shown.
 *
 * @param since where the first begins: nanoseconds since the Unix epoch
 * @param width nanoseconds
 * @param size how many there are
 */
record Grid(long since, long width, int size) {

    static final Grid NONE = new Grid(0, 1, 0);

    private static final long MICRO = 1_000;

    /** A range has to fit into a long: the years 1824 to 2115 are shown, what lies beyond in the part at the edge. */
    private static final long FAR = 4_600_000_000_000_000_000L;

    /** @param parts how many at the most; fewer where they would be shorter than a microsecond */
    static Grid over(long since, long until, int parts) {
        long from = Math.floorDiv(Math.clamp(since, -FAR, FAR), MICRO) * MICRO;
        long length = Math.clamp(until, -FAR, FAR) - from;
        if (parts == 0 || length <= 0) {
            return NONE;
        }
        long width = Math.ceilDiv(Math.ceilDiv(length, parts), MICRO) * MICRO;
        return new Grid(from, width, (int) Math.ceilDiv(length, width));
    }

    /** Which part a time is in. */
    int at(long time) {
        return (int) Math.clamp((Math.clamp(time, -FAR, FAR) - since) / width, 0, size - 1);
    }

    /** Where a part begins. */
    long begin(int part) {
        return since + part * width;
    }
}
