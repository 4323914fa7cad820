package dev.switchboard.bench;

/** Durations, counted in buckets of about 3 %. */
final class Latencies {

    private static final int FINE = 32;

    private final long[] counts = new long[64 * FINE];
    private long size;

    void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        size++;
    }

    private static int bucket(long nanos) {
        if (nanos < FINE) {
            return (int) nanos;
        }
        int shift = 63 - Long.numberOfLeadingZeros(nanos) - 5;
        return (shift + 1) * FINE + (int) (nanos >>> shift) - FINE;
    }

    /** The duration, in nanoseconds, that this share of all did not exceed; 0 if there are none. */
    long quantile(double share) {
        long left = (long) Math.ceil(size * share);
        for (int i = 0; i < counts.length && size > 0; i++) {
            left -= counts[i];
            if (left <= 0) {
                return i < FINE ? i : (long) (i % FINE + FINE) << (i / FINE - 1);
            }
        }
        return 0;
    }
}
