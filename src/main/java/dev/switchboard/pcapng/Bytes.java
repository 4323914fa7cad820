package dev.switchboard.pcapng;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays of bytes. */
final class Bytes {

    private static final VarHandle SHORT_BIG =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_BIG = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int uint8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** In network byte order. */
    static int uint16(byte[] bytes, int at) {
        return (short) SHORT_BIG.get(bytes, at) & 0xFFFF;
    }

    static int uint16(byte[] bytes, int at, boolean little) {
        short value = (short) SHORT_BIG.get(bytes, at);
        return (little ? Short.reverseBytes(value) : value) & 0xFFFF;
    }

    /** In network byte order. */
    static int int32(byte[] bytes, int at) {
        return (int) INT_BIG.get(bytes, at);
    }

    static int int32(byte[] bytes, int at, boolean little) {
        int value = (int) INT_BIG.get(bytes, at);
        return little ? Integer.reverseBytes(value) : value;
    }

    static long uint32(byte[] bytes, int at, boolean little) {
        return int32(bytes, at, little) & 0xFFFF_FFFFL;
    }

    static long int64(byte[] bytes, int at, boolean little) {
        long value = (long) LONG_BIG.get(bytes, at);
        return little ? Long.reverseBytes(value) : value;
    }
}
