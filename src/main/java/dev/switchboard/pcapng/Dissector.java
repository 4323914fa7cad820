package dev.switchboard.pcapng;

import dev.switchboard.pcapng.Dissected.Other;

/**
 * Finds TCP and UDP in packets: through Ethernet with up to two VLAN tags, Linux "cooked" headers, BSD loopback headers
 * or bare IP; IPv4 (RFC 791) with options, IPv6 (RFC 8200) with extension headers, both in fragments. Checksums are not
 * looked at: where the network card makes them, a capture has none. Whatever a packet holds, this answers.
 *
 * <p>A total length of zero, as segmentation offload leaves behind, means all there is. Used by one thread.
 */
public final class Dissector {

    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW = 101;
    /** What RAW is called on OpenBSD and on others. */
    private static final int RAW_BSD = 12;

    private static final int RAW_OPENBSD = 14;
    private static final int LOOP = 108;
    private static final int LINUX_SLL = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_SLL2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86DD;
    private static final int MAX_TAGS = 2;
    private static final int MAX_EXTENSIONS = 16;

    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Fragments fragments = new Fragments();

    /** What became of fragments that waited in vain for others: how many datagrams were given up by now. */
    public long datagramsGivenUp() {
        return fragments.givenUp();
    }

    /** How many datagrams are still waiting for fragments. */
    public int datagramsWaiting() {
        return fragments.waiting();
    }

    /** Looks into one packet; fragments are kept until they are whole, within a bound. */
    public Dissected dissect(CaptureItem.Packet packet) {
        byte[] data = packet.data();
        return switch (packet.on().linkType()) {
            case ETHERNET -> etherType(packet, 12);
            case LINUX_SLL -> etherType(packet, 14);
            case LINUX_SLL2 -> data.length < 20 ? Other.UNREADABLE : byType(packet, Bytes.uint16(data, 0), 20);
            case NULL, LOOP -> bare(packet, 4);
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6 -> bare(packet, 0);
            default -> Other.UNKNOWN_LINK;
        };
    }

    private Dissected etherType(CaptureItem.Packet packet, int at) {
        byte[] data = packet.data();
        int position = at;
        for (int tags = 0; tags <= MAX_TAGS; tags++) {
            if (position + 2 > data.length) {
                return Other.UNREADABLE;
            }
            int type = Bytes.uint16(data, position);
            // IEEE 802.1Q, 802.1ad and what was in use before it.
            if (type != 0x8100 && type != 0x88A8 && type != 0x9100) {
                return byType(packet, type, position + 2);
            }
            position += 4;
        }
        return Other.NOT_IP;
    }

    private Dissected byType(CaptureItem.Packet packet, int type, int at) {
        return type == TYPE_IPV4 || type == TYPE_IPV6 ? bare(packet, at) : Other.NOT_IP;
    }

    private Dissected bare(CaptureItem.Packet packet, int at) {
        byte[] data = packet.data();
        if (at >= data.length) {
            return Other.UNREADABLE;
        }
        return switch (Bytes.uint8(data, at) >>> 4) {
            case 4 -> ipv4(packet, at);
            case 6 -> ipv6(packet, at);
            default -> Other.NOT_IP;
        };
    }

    private Dissected ipv4(CaptureItem.Packet packet, int at) {
        byte[] data = packet.data();
        int header = (Bytes.uint8(data, at) & 0xF) * 4;
        if (header < 20 || at + header > data.length) {
            return Other.UNREADABLE;
        }
        int total = Bytes.uint16(data, at + 2);
        int end = total == 0 ? packet.originalLength() : at + total;
        if (end < at + header) {
            return Other.UNREADABLE;
        }
        Addresses addresses = new Addresses(
                false, 0, Bytes.int32(data, at + 12) & 0xFFFF_FFFFL, 0, Bytes.int32(data, at + 16) & 0xFFFF_FFFFL);
        int flags = Bytes.uint16(data, at + 6);
        int offset = (flags & 0x1FFF) * 8;
        boolean more = (flags & 0x2000) != 0;
        int protocol = Bytes.uint8(data, at + 9);
        if (offset == 0 && !more) {
            return transport(addresses, protocol, data, at + header, end);
        }
        return fragment(
                packet.at(), addresses, Bytes.uint16(data, at + 4), protocol, data, at + header, end, offset, more);
    }

    private Dissected ipv6(CaptureItem.Packet packet, int at) {
        byte[] data = packet.data();
        if (at + 40 > data.length) {
            return Other.UNREADABLE;
        }
        int length = Bytes.uint16(data, at + 4);
        int end = length == 0 ? packet.originalLength() : at + 40 + length;
        Addresses addresses = new Addresses(
                true,
                Bytes.int64(data, at + 8, false),
                Bytes.int64(data, at + 16, false),
                Bytes.int64(data, at + 24, false),
                Bytes.int64(data, at + 32, false));
        return afterHeader(packet.at(), addresses, Bytes.uint8(data, at + 6), data, at + 40, end);
    }

    private Dissected afterHeader(long time, Addresses addresses, int first, byte[] data, int from, int end) {
        int next = first;
        int at = from;
        for (int i = 0; i < MAX_EXTENSIONS; i++) {
            switch (next) {
                case TCP, UDP -> {
                    return transport(addresses, next, data, at, end);
                }
                // Hop-by-hop, routing, destination options, mobility, HIP, shim6; authentication counts in fours.
                case 0, 43, 60, 135, 139, 140, 51 -> {
                    if (at + 8 > Math.min(end, data.length)) {
                        return Other.UNREADABLE;
                    }
                    int units = Bytes.uint8(data, at + 1);
                    int length = next == 51 ? (units + 2) * 4 : (units + 1) * 8;
                    next = Bytes.uint8(data, at);
                    at += length;
                }
                case 44 -> {
                    if (at + 8 > Math.min(end, data.length)) {
                        return Other.UNREADABLE;
                    }
                    int flags = Bytes.uint16(data, at + 2);
                    next = Bytes.uint8(data, at);
                    if ((flags & 0xFFF9) != 0) {
                        return fragment(
                                time,
                                addresses,
                                Bytes.int32(data, at + 4),
                                next,
                                data,
                                at + 8,
                                end,
                                flags & 0xFFF8,
                                (flags & 1) != 0);
                    }
                    at += 8;
                }
                default -> {
                    return Other.NEITHER_TCP_NOR_UDP;
                }
            }
        }
        return Other.UNREADABLE;
    }

    private Dissected fragment(
            long time,
            Addresses addresses,
            int id,
            int protocol,
            byte[] data,
            int from,
            int end,
            int offset,
            boolean more) {
        if (end > data.length || end < from) {
            return Other.UNREADABLE;
        }
        byte[] whole = fragments.add(time, new Fragments.Key(addresses, id, protocol), data, from, end, offset, more);
        if (whole == null) {
            return Other.FRAGMENT;
        }
        return addresses.v6
                ? afterHeader(time, addresses, protocol, whole, 0, whole.length)
                : transport(addresses, protocol, whole, 0, whole.length);
    }

    /** Who a packet is from and to, without ports. */
    record Addresses(boolean v6, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {

        Place source(int port) {
            return new Place(v6, sourceHigh, sourceLow, port);
        }

        Place destination(int port) {
            return new Place(v6, destinationHigh, destinationLow, port);
        }
    }

    /** @param end where the datagram ends on the wire; may lie beyond {@code data} */
    private static Dissected transport(Addresses addresses, int protocol, byte[] data, int at, int end) {
        return switch (protocol) {
            case TCP -> tcp(addresses, data, at, end);
            case UDP -> udp(addresses, data, at, end);
            default -> Other.NEITHER_TCP_NOR_UDP;
        };
    }

    private static Dissected tcp(Addresses addresses, byte[] data, int at, int end) {
        if (at + 20 > Math.min(end, data.length)) {
            return Other.UNREADABLE;
        }
        int payload = at + (Bytes.uint8(data, at + 12) >>> 4) * 4;
        if (payload < at + 20 || payload > end) {
            return Other.UNREADABLE;
        }
        int flags = Bytes.uint8(data, at + 13);
        // Where even the options are cut, nothing of the payload is there.
        int from = Math.min(payload, data.length);
        return new Dissected.TcpSegment(
                addresses.source(Bytes.uint16(data, at)),
                addresses.destination(Bytes.uint16(data, at + 2)),
                Bytes.int32(data, at + 4),
                Bytes.int32(data, at + 8),
                (flags & 0x10) != 0,
                (flags & 0x02) != 0,
                (flags & 0x01) != 0,
                (flags & 0x04) != 0,
                data,
                from,
                Math.max(from, Math.min(end, data.length)),
                end - payload);
    }

    private static Dissected udp(Addresses addresses, byte[] data, int at, int end) {
        if (at + 8 > Math.min(end, data.length)) {
            return Other.UNREADABLE;
        }
        int length = Bytes.uint16(data, at + 4);
        // RFC 2675, section 4, and offload: 0 is all there is.
        int last = length == 0 ? end : at + length;
        if (last < at + 8 || last > end) {
            return Other.UNREADABLE;
        }
        return new Dissected.UdpDatagram(
                addresses.source(Bytes.uint16(data, at)),
                addresses.destination(Bytes.uint16(data, at + 2)),
                data,
                at + 8,
                Math.min(last, data.length),
                last - at - 8);
    }
}
