package dev.switchboard.pcapng;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The headers of packets between two ends, made once and filled in for each packet: IPv4 (RFC 791) or, where one of the
 * ends has such an address, IPv6 (RFC 8200); behind it TCP (RFC 9293) or UDP (RFC 768). Checksums are right. Used by
 * one thread.
 */
final class Headers {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    /** Maximum segment size, and a window scale of 14, the largest there is, for SYN segments (RFC 7323). */
    private static final byte[] SYN_OPTIONS = {2, 4, (byte) 0xFF, (byte) 0xD7, 1, 3, 3, 14};

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final boolean v4;
    private final boolean tcp;
    private final int ipLength;
    private final byte[] header;
    private final long pseudoSum;
    private int identification;

    /** For packets from one end to the other. */
    Headers(boolean tcp, SocketAddress from, SocketAddress to) {
        this.tcp = tcp;
        this.v4 = from.v4() && to.v4();
        this.ipLength = v4 ? 20 : 40;
        this.header = new byte[ipLength + TCP_HEADER + SYN_OPTIONS.length];
        byte[] source = v4 ? from.address().getAddress() : from.v6Bytes();
        byte[] target = v4 ? to.address().getAddress() : to.v6Bytes();
        int addresses = v4 ? 12 : 8;
        System.arraycopy(source, 0, header, addresses, source.length);
        System.arraycopy(target, 0, header, addresses + source.length, target.length);
        this.pseudoSum = Checksum.sum(header, addresses, addresses + 2 * source.length) + (tcp ? TCP : UDP);
        header[0] = (byte) (v4 ? 0x45 : 0x60);
        if (v4) {
            header[6] = 0x40;
            header[8] = 64;
            header[9] = (byte) (tcp ? TCP : UDP);
        } else {
            header[6] = (byte) (tcp ? TCP : UDP);
            header[7] = 64;
        }
        SHORT.set(header, ipLength, (short) from.port());
        SHORT.set(header, ipLength + 2, (short) to.port());
    }

    /** The largest payload of one packet: what the length fields can say. */
    int maxPayload() {
        return 65_535 - (v4 ? ipLength : 0) - (tcp ? TCP_HEADER : UDP_HEADER);
    }

    /** How many bytes come before the payload. */
    int length(boolean syn) {
        return ipLength + (tcp ? TCP_HEADER + (syn ? SYN_OPTIONS.length : 0) : UDP_HEADER);
    }

    /** Fills in a TCP segment and writes header and payload. */
    void writeTcp(BlockWriter out, int sequence, int acknowledgement, int flags, byte[] payload, int from, int to) {
        boolean syn = (flags & TcpFlags.SYN) != 0;
        int length = length(syn);
        INT.set(header, ipLength + 4, sequence);
        INT.set(header, ipLength + 8, acknowledgement);
        header[ipLength + 12] = (byte) ((length - ipLength) / 4 << 4);
        header[ipLength + 13] = (byte) flags;
        SHORT.set(header, ipLength + 14, (short) 65_535);
        if (syn) {
            System.arraycopy(SYN_OPTIONS, 0, header, ipLength + TCP_HEADER, SYN_OPTIONS.length);
        }
        write(out, length, 16, payload, from, to);
    }

    /** Fills in a datagram and writes header and payload. */
    void writeUdp(BlockWriter out, byte[] payload, int from, int to) {
        SHORT.set(header, ipLength + 4, (short) (UDP_HEADER + to - from));
        write(out, length(false), 6, payload, from, to);
    }

    private void write(BlockWriter out, int length, int checksumAt, byte[] payload, int from, int to) {
        int total = length + to - from;
        if (v4) {
            SHORT.set(header, 2, (short) total);
            SHORT.set(header, 4, (short) identification++);
            SHORT.set(header, 10, (short) 0);
            SHORT.set(header, 10, Checksum.of(Checksum.sum(header, 0, ipLength)));
        } else {
            SHORT.set(header, 4, (short) (total - ipLength));
        }
        SHORT.set(header, ipLength + checksumAt, (short) 0);
        long sum = pseudoSum
                + (total - ipLength)
                + Checksum.sum(header, ipLength, length)
                + out.payloads().of(payload, from, to);
        short checksum = Checksum.of(sum);
        // Zero would say that a datagram has none.
        SHORT.set(header, ipLength + checksumAt, checksum == 0 && !tcp ? (short) -1 : checksum);
        out.put(header, 0, length);
        out.put(payload, from, to);
    }
}
