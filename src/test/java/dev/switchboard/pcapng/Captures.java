package dev.switchboard.pcapng;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Captures written by hand, for tests of what reads them. */
final class Captures {

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Captures(ByteOrder order) {
        this.order = order;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Numbers by their boxed type, arrays as they are. */
    byte[] body(Object... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 17).order(order);
        for (Object part : parts) {
            switch (part) {
                case Short number -> buffer.putShort(number);
                case Integer number -> buffer.putInt(number);
                case Long number -> buffer.putLong(number);
                case byte[] bytes -> {
                    buffer.put(bytes);
                    while (buffer.position() % 4 != 0) {
                        buffer.put((byte) 0);
                    }
                }
                default -> throw new IllegalArgumentException(part.getClass().getName());
            }
        }
        byte[] body = new byte[buffer.flip().remaining()];
        buffer.get(body);
        return body;
    }

    Captures raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Captures block(int type, Object... parts) {
        byte[] body = body(parts);
        int length = body.length + 12;
        return raw(body(type, length)).raw(body).raw(body(length));
    }

    Captures section() {
        return block(0x0A0D0D0A, 0x1A2B3C4D, (short) 1, (short) 0, -1L);
    }

    Captures described(int linkType, Object... options) {
        List<Object> parts = new ArrayList<>(List.of((short) linkType, (short) 0, 0));
        parts.addAll(List.of(options));
        return block(1, parts.toArray());
    }

    /** One option, of which the value is not a multiple of four. */
    byte[] option(int code, byte... value) {
        return body((short) code, (short) value.length, value);
    }

    Captures packet(int on, long ticks, byte[] data, int original, Object... options) {
        List<Object> parts =
                new ArrayList<>(List.of(on, (int) (ticks >>> 32), (int) ticks, data.length, original, data));
        parts.addAll(List.of(options));
        return block(6, parts.toArray());
    }

    Captures pcap(int magic, int linkType) {
        return raw(body(magic, (short) 2, (short) 4, 0, 0, 262144, linkType));
    }

    Captures record(int seconds, int fraction, byte[] data, int original) {
        raw(body(seconds, fraction, data.length, original));
        out.writeBytes(data);
        return this;
    }
}
