package dev.switchboard.pcapng;

import java.nio.ByteBuffer;

/** IP packets written by hand. */
final class Packets {

    static final byte[] V4_A = {10, 0, 0, 1};
    static final byte[] V4_B = {10, 0, 0, 2};
    static final byte[] V6_A = {0x20, 1, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    static final byte[] V6_B = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private Packets() {}

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    static byte[] ipv4(int protocol, int fragment, byte[] options, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(20 + options.length);
        header.put((byte) (0x40 | (20 + options.length) / 4)).put((byte) 0);
        header.putShort((short) (20 + options.length + payload.length));
        header.putShort((short) 77).putShort((short) fragment);
        header.put((byte) 64).put((byte) protocol).putShort((short) 0);
        header.put(V4_A).put(V4_B).put(options);
        return join(header.array(), payload);
    }

    static byte[] ipv6(int next, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(40);
        header.putInt(0x60000000)
                .putShort((short) payload.length)
                .put((byte) next)
                .put((byte) 64);
        header.put(V6_A).put(V6_B);
        return join(header.array(), payload);
    }

    static byte[] udp(int from, int to, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(8);
        header.putShort((short) from)
                .putShort((short) to)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0);
        return join(header.array(), payload);
    }

    static byte[] tcp(int from, int to, int seq, int ack, int flags, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(24);
        header.putShort((short) from).putShort((short) to).putInt(seq).putInt(ack);
        header.put((byte) 0x60).put((byte) flags).putShort((short) 1000).putInt(0);
        // An option: the maximum segment size.
        header.putInt(0x020405b4);
        return join(header.array(), payload);
    }

    static CaptureItem.Packet packet(int linkType, byte[] data, int original) {
        return new CaptureItem.Packet(
                new CaptureItem.Interface(0, linkType, null, 0),
                0,
                true,
                data,
                original,
                null,
                null,
                java.util.List.of());
    }
}
