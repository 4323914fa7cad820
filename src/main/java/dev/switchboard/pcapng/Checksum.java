package dev.switchboard.pcapng;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of the Internet (RFC 1071). Sums are taken 32 bits at a time, which the RFC allows (section 2(C)), so
 * two words at once, and are folded at the end.
 */
final class Checksum {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Checksum() {}

    /** What {@code bytes[from, to)} add up to, not folded; an odd one at the end counts as if a zero followed. */
    static long sum(byte[] bytes, int from, int to) {
        long even = 0;
        long odd = 0;
        int i = from;
        for (; i <= to - 8; i += 8) {
            even += (int) INT.get(bytes, i) & 0xFFFF_FFFFL;
            odd += (int) INT.get(bytes, i + 4) & 0xFFFF_FFFFL;
        }
        long sum = fold32(even) + fold32(odd);
        for (; i < to - 1; i += 2) {
            sum += (bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF;
        }
        if (i < to) {
            sum += (bytes[i] & 0xFF) << 8;
        }
        return sum;
    }

    private static long fold32(long sum) {
        return (sum & 0xFFFF) + (sum >>> 16 & 0xFFFF) + (sum >>> 32);
    }

    /** The checksum of what adds up to {@code sum}. */
    static short of(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (short) ~folded;
    }
}
