package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the blocks of a pcapng file that we wrote, little-endian, without making anything of those that are not
 * looked at. Used by one thread.
 */
final class LogBlock {

    private static final int PACKET_ID = 5;
    private static final int SMALLEST = 12;
    static final int LARGEST = 16 << 20;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int limit;
    private int at;
    private int end;

    LogBlock(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.end = from;
        this.limit = to;
    }

    /**
     * Steps to the next block.
     *
     * @return false at the end
     * @throws EventDecoder.DamagedException when what follows is no block, or not a whole one
     */
    boolean next() throws EventDecoder.DamagedException {
        at = end;
        if (limit - at < SMALLEST) {
            return false;
        }
        int length = (int) INT.get(bytes, at + 4);
        if (length < SMALLEST || length % 4 != 0 || length > LARGEST) {
            throw new EventDecoder.DamagedException(at, "a block of impossible length");
        }
        if (length > limit - at) {
            throw new EventDecoder.DamagedException(at, "a block longer than what there is");
        }
        if ((int) INT.get(bytes, at + length - 4) != length) {
            throw new EventDecoder.DamagedException(at, "a block whose lengths differ");
        }
        end = at + length;
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the block begins. */
    int at() {
        return at;
    }

    /** Where it ends. */
    int end() {
        return end;
    }

    /** Whether it is one of our own. */
    boolean own() {
        return type() == LogFormat.BLOCK;
    }

    /** Whether it is a packet. */
    boolean packet() {
        return type() == BlockWriter.ENHANCED_PACKET;
    }

    private int type() {
        return (int) INT.get(bytes, at);
    }

    /** What is in a block of our own. */
    BodyReader body() {
        return new BodyReader(bytes, at + 8, end - 4);
    }

    /** Nanoseconds since the Unix epoch. */
    long packetTime() {
        return ((long) (int) INT.get(bytes, at + 12) << 32) | ((int) INT.get(bytes, at + 16) & 0xFFFF_FFFFL);
    }

    /** Index past the packet's last byte. */
    int packetEnd() {
        int length = (int) INT.get(bytes, at + 20);
        if (length < 0 || length > end - at - 32) {
            throw new IllegalArgumentException("a packet longer than its block");
        }
        return at + 28 + length;
    }

    /** Index of the first byte behind the packet's headers. */
    int payload() {
        int packet = at + 28;
        boolean v4 = bytes[packet] >>> 4 == 4;
        int transport = packet + (v4 ? 20 : 40);
        boolean tcp = bytes[packet + (v4 ? 9 : 6)] == 6;
        return transport + (tcp ? (bytes[transport + 12] >>> 4 & 0xF) * 4 : 8);
    }

    /** The packet's number, which comes after what we say about it. */
    long packetId() {
        for (int option = options(); option + 4 <= end - 4; option = after(option)) {
            if (code(option) == PACKET_ID) {
                return (long) LONG.get(bytes, option + 4);
            }
        }
        throw new IllegalArgumentException("a packet without a number");
    }

    /** What we say about the packet; null when it was only drawn. */
    @Nullable
    BodyReader chunkOption() {
        int option = options();
        if (!ours(option)) {
            return null;
        }
        int next = after(option);
        if (!ours(next)) {
            return new BodyReader(bytes, option + 4, option + 4 + length(option));
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (; ours(option); option = after(option)) {
            joined.write(bytes, option + 4, length(option));
        }
        byte[] all = joined.toByteArray();
        return new BodyReader(all, 0, all.length);
    }

    private int options() {
        return at + 28 + ((int) INT.get(bytes, at + 20) + 3 & ~3);
    }

    private boolean ours(int option) {
        return option >= at + 28
                && option + 4 <= end - 4
                && code(option) == LogFormat.OPTION
                && option + 4 + length(option) <= end - 4;
    }

    private int after(int option) {
        return option + 4 + (length(option) + 3 & ~3);
    }

    private int code(int option) {
        return (short) SHORT.get(bytes, option) & 0xFFFF;
    }

    private int length(int option) {
        return (short) SHORT.get(bytes, option + 2) & 0xFFFF;
    }
}
