package dev.switchboard.pcapng;

/**
 * The time on one interface of a pcapng (section 4.2, {@code if_tsresol} and {@code if_tsoffset}).
 *
 * @param resolution a tick is 10 to the minus this seconds or, with the highest of its eight bits set, 2 to the minus
 *     the rest
 * @param offset seconds to be added
 */
record Ticks(int resolution, long offset) {

    /** What holds where nothing is said. */
    static final int MICROS = 6;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /**
     * Nanoseconds since the Unix epoch; what lies outside of the years 1678 to 2262 becomes the nearest there is.
     *
     * @param ticks unsigned
     */
    long nanos(long ticks) {
        int exponent = resolution & 0x7F;
        long seconds;
        long nanos;
        if ((resolution & 0x80) != 0) {
            seconds = exponent >= 64 ? 0 : ticks >>> exponent;
            nanos = binaryFraction(ticks, exponent);
        } else if (exponent <= 18) {
            long perSecond = powerOfTen(exponent);
            seconds = Long.divideUnsigned(ticks, perSecond);
            long rest = Long.remainderUnsigned(ticks, perSecond);
            nanos = exponent <= 9 ? rest * powerOfTen(9 - exponent) : rest / powerOfTen(exponent - 9);
        } else {
            long all = exponent > 27 ? 0 : Long.divideUnsigned(ticks, powerOfTen(exponent - 9));
            seconds = all / NANOS_PER_SECOND;
            nanos = all % NANOS_PER_SECOND;
        }
        if (seconds < 0) {
            return Long.MAX_VALUE;
        }
        try {
            return Math.addExact(Math.multiplyExact(Math.addExact(seconds, offset), NANOS_PER_SECOND), nanos);
        } catch (ArithmeticException outOfRange) {
            return offset < -seconds ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static long binaryFraction(long ticks, int exponent) {
        if (exponent == 0) {
            return 0;
        }
        long fraction = exponent >= 64 ? ticks : ticks & (1L << exponent) - 1;
        int shift = exponent;
        // The 30 bits of a billion have to fit beside it.
        while (shift > 32) {
            fraction >>>= 1;
            shift--;
        }
        return fraction * NANOS_PER_SECOND >>> shift;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
