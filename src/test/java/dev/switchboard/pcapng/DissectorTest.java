package dev.switchboard.pcapng;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.pcapng.Dissected.Other;
import dev.switchboard.pcapng.Dissected.TcpSegment;
import dev.switchboard.pcapng.Dissected.UdpDatagram;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DissectorTest {

    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] NONE = {};

    private final Dissector dissector = new Dissector();

    private Dissected dissect(int linkType, byte[]... parts) {
        byte[] data = Packets.join(parts);
        return dissector.dissect(Packets.packet(linkType, data, data.length));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Example
    void findsTheDatagramInEveryLinkLayer() {
        byte[] v4 = Packets.ipv4(17, 0, NONE, Packets.udp(5000, 53, HELLO));
        byte[] v6 = Packets.ipv6(17, Packets.udp(5000, 53, HELLO));
        byte[] macs = hex("000102030405 060708090a0b");
        // Ethernet fills up to 60 bytes, which are no payload.
        byte[] padding = new byte[20];
        List<Dissected> all = List.of(
                dissect(1, macs, hex("0800"), v4, padding),
                dissect(1, macs, hex("8100 0064 0800"), v4),
                dissect(1, macs, hex("88a8 0064 8100 0065 86dd"), v6),
                dissect(101, v4),
                dissect(12, v4),
                dissect(14, v6),
                dissect(228, v4),
                dissect(229, v6),
                dissect(0, hex("02000000"), v4),
                dissect(0, hex("1c000000"), v6),
                dissect(108, hex("00000002"), v4),
                dissect(113, hex("0000 0304 0006 000000000000 0000 0800"), v4),
                dissect(276, hex("86dd 0000 00000001 0304 00 06 0000000000000000"), v6));
        assertThat(all).allSatisfy(each -> {
            UdpDatagram datagram = (UdpDatagram) each;
            assertThat(Arrays.copyOfRange(datagram.array(), datagram.from(), datagram.to()))
                    .isEqualTo(HELLO);
            assertThat(datagram.truncated()).isFalse();
            assertThat(datagram.source()).asString().isIn("10.0.0.1:5000", "[2001:db8::1]:5000");
            assertThat(datagram.destination()).asString().isIn("10.0.0.2:53", "[::1]:53");
        });
    }

    @Example
    void readsSegmentsBehindOptionsAndExtensions() {
        byte[] tcp = Packets.tcp(40000, 80, 1000, 2000, 0x11, HELLO);
        Dissected behindOptions = dissect(228, Packets.ipv4(6, 0x4000, new byte[8], tcp));
        byte[] extensions = hex("3c00000000000000 0600000000000000");
        Dissected behindExtensions = dissect(229, Packets.ipv6(0, Packets.join(extensions, tcp)));
        assertThat(List.of(behindOptions, behindExtensions)).allSatisfy(each -> {
            TcpSegment segment = (TcpSegment) each;
            assertThat(segment.seq()).isEqualTo(1000);
            assertThat(segment.ack()).isEqualTo(2000);
            assertThat(segment.acks()).isTrue();
            assertThat(segment.fin()).isTrue();
            assertThat(segment.syn()).isFalse();
            assertThat(segment.rst()).isFalse();
            assertThat(segment.length()).isEqualTo(5);
            assertThat(Arrays.copyOfRange(segment.array(), segment.from(), segment.to()))
                    .isEqualTo(HELLO);
        });
    }

    @Example
    void takesALengthOfZeroForAllThereIs() {
        byte[] packet = Packets.ipv4(6, 0, NONE, Packets.tcp(1, 2, 0, 0, 0x10, new byte[70_000]));
        packet[2] = 0;
        packet[3] = 0;
        assertThat(dissect(101, packet))
                .isInstanceOfSatisfying(
                        TcpSegment.class,
                        segment -> assertThat(segment.length()).isEqualTo(70_000));
    }

    @Example
    void tellsWhatTheCaptureCut() {
        byte[] packet = Packets.ipv4(6, 0, NONE, Packets.tcp(1, 2, 0, 0, 0x10, new byte[100]));
        byte[] kept = Arrays.copyOf(packet, packet.length - 90);
        assertThat(dissector.dissect(Packets.packet(101, kept, packet.length)))
                .isInstanceOfSatisfying(TcpSegment.class, segment -> {
                    assertThat(segment.truncated()).isTrue();
                    assertThat(segment.length()).isEqualTo(100);
                    assertThat(segment.to() - segment.from()).isEqualTo(10);
                });
        assertThat(dissector.dissect(Packets.packet(101, Arrays.copyOf(packet, 25), packet.length)))
                .isEqualTo(Other.UNREADABLE);
    }

    @Example
    void putsFragmentsTogetherInWhateverOrderTheyCome() {
        byte[] whole = Packets.udp(7, 8, new byte[3000]);
        for (int i = 8; i < whole.length; i++) {
            whole[i] = (byte) (i * 31 >> 3);
        }
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 0, 1), List.of(1, 1, 2, 0))) {
            Dissected last = Other.UNREADABLE;
            for (int i = 0; i < order.size(); i++) {
                int from = order.get(i) * 1480;
                int to = Math.min(whole.length, from + 1480);
                int flags = (to < whole.length ? 0x2000 : 0) | from / 8;
                last = dissect(101, Packets.ipv4(17, flags, NONE, Arrays.copyOfRange(whole, from, to)));
                if (i < order.size() - 1) {
                    assertThat(last).isEqualTo(Other.FRAGMENT);
                }
            }
            UdpDatagram datagram = (UdpDatagram) last;
            assertThat(Arrays.copyOfRange(datagram.array(), datagram.from(), datagram.to()))
                    .isEqualTo(Arrays.copyOfRange(whole, 8, whole.length));
        }
        assertThat(dissector.datagramsWaiting()).isZero();
        byte[] first = Packets.join(hex("1100 0001 00000009"), Arrays.copyOfRange(whole, 0, 1600));
        byte[] second = Packets.join(hex("1100 0640 00000009"), Arrays.copyOfRange(whole, 1600, whole.length));
        assertThat(dissect(229, Packets.ipv6(44, second))).isEqualTo(Other.FRAGMENT);
        assertThat(dissect(229, Packets.ipv6(44, first))).isInstanceOf(UdpDatagram.class);
    }

    @Example
    void holdsNoMoreFragmentsThanItMay() {
        for (int i = 0; i < 1000; i++) {
            byte[] packet = Packets.ipv4(17, 0x2000, NONE, new byte[1480]);
            packet[4] = (byte) (i >> 8);
            packet[5] = (byte) i;
            dissect(101, packet);
        }
        assertThat(dissector.datagramsWaiting()).isEqualTo(64);
        assertThat(dissector.datagramsGivenUp()).isEqualTo(1000 - 64);
    }

    @Example
    void saysWhatItLeavesOut() {
        byte[] icmp = Packets.ipv4(1, 0, NONE, new byte[8]);
        Map<Other, Dissected> found = Map.of(
                Other.NOT_IP, dissect(1, new byte[12], hex("0806"), new byte[28]),
                Other.NEITHER_TCP_NOR_UDP, dissect(101, icmp),
                Other.UNKNOWN_LINK, dissect(147, icmp),
                Other.UNREADABLE, dissect(101, hex("45")));
        assertThat(found).allSatisfy((expected, other) -> assertThat(other).isEqualTo(expected));
    }

    @Property(tries = 3000)
    void whateverAPacketHoldsItAnswers(
            @ForAll @IntRange(max = 6) int link,
            @ForAll boolean v6,
            @ForAll @Size(max = 10) List<@IntRange(max = 120) Integer> places,
            @ForAll @Size(min = 10, max = 10) List<Byte> values,
            @ForAll @IntRange(max = 120) int kept) {
        byte[] tcp = Packets.tcp(1, 2, 3, 4, 0x18, new byte[40]);
        byte[] packet = v6
                ? Packets.ipv6(0, Packets.join(hex("2c00000000000000 0600000000000000"), tcp))
                : Packets.ipv4(6, 0, new byte[4], tcp);
        for (int i = 0; i < places.size(); i++) {
            packet[places.get(i) % packet.length] = values.get(i);
        }
        int linkType = new int[] {0, 1, 101, 113, 229, 276, 228}[link];
        Dissected dissected = dissector.dissect(
                Packets.packet(linkType, Arrays.copyOf(packet, Math.min(kept, packet.length)), packet.length));
        if (dissected instanceof TcpSegment segment) {
            assertThat(segment.from()).isBetween(0, segment.to());
            assertThat(segment.to()).isLessThanOrEqualTo(segment.array().length);
            assertThat(segment.length()).isGreaterThanOrEqualTo(segment.to() - segment.from());
        }
    }
}
