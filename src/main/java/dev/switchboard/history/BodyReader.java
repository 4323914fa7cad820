package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Takes apart what {@link Body} put together. What is not that throws {@link IndexOutOfBoundsException}. */
final class BodyReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    BodyReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int octet() {
        if (at >= end) {
            throw new IndexOutOfBoundsException(at);
        }
        return bytes[at++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException(at);
    }

    int integer() {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IndexOutOfBoundsException(at);
        }
        return (int) value;
    }

    String text() {
        return new String(octets(), UTF_8);
    }

    byte[] octets() {
        int length = integer();
        if (length > end - at) {
            throw new IndexOutOfBoundsException(at);
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    boolean more() {
        return at < end;
    }
}
