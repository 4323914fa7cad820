package dev.switchboard.pcapng;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of the Internet (RFC 1071). Sums are taken 32 bits at a time, which the RFC allows (section 2(C)), so
 * two words at once, and are folded at the end.
 */
final class Checksum {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0xFFFF_FFFFL;

    private Checksum() {}

    /**
     * What {@code bytes[from, to)} add up to, 16 bits; an odd one at the end counts as if a zero followed.
     *
     * <p>A sum of words whose octets are swapped is the swapped sum (section 2(B)), so they are taken as little-endian
     * machines have them, and swapped once.
     */
    static long sum(byte[] bytes, int from, int to) {
        long sum = 0;
        long other = 0;
        int i = from;
        for (; i <= to - 32; i += 32) {
            long a = (long) LONG.get(bytes, i);
            long b = (long) LONG.get(bytes, i + 8);
            long c = (long) LONG.get(bytes, i + 16);
            long d = (long) LONG.get(bytes, i + 24);
            sum += (a & LOW) + (a >>> 32) + (b & LOW) + (b >>> 32);
            other += (c & LOW) + (c >>> 32) + (d & LOW) + (d >>> 32);
        }
        sum += other;
        for (; i <= to - 8; i += 8) {
            long next = (long) LONG.get(bytes, i);
            sum += (next & LOW) + (next >>> 32);
        }
        for (; i < to; i++) {
            // The first octet of a word is its lower one here.
            sum += (long) (bytes[i] & 0xFF) << ((i - from & 1) == 0 ? 0 : 8);
        }
        return Short.reverseBytes((short) folded(sum)) & 0xFFFF;
    }

    /** The checksum of what adds up to {@code sum}. */
    static short of(long sum) {
        return (short) ~folded(sum);
    }

    private static long folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return folded;
    }
}
