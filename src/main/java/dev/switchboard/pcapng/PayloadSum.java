package dev.switchboard.pcapng;

/**
 * What payloads add up to. The last one is known: an echo is drawn right after what it answers, out of the same array,
 * and reading that is most of what a packet of some kilobytes takes. Arrays must not change. Used by one thread.
 */
final class PayloadSum {

    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private long sum;

    @SuppressWarnings("ReferenceEquality") // the very same array is meant
    long of(byte[] payload, int start, int end) {
        if (payload != bytes || start != from || end != to) {
            sum = Checksum.sum(payload, start, end);
            bytes = payload;
            from = start;
            to = end;
        }
        return sum;
    }

    /** Keeps no array any more. */
    void forget() {
        of(new byte[0], 0, 0);
    }
}
