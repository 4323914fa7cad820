package dev.switchboard.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Packets, against a plain reading of RFC 791, 8200, 9293 and 768. */
class HeadersTest {

    private static byte[] drained(BlockWriter out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.drainTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    /** 16 bits after 16 bits, carried around as RFC 1071 describes it first. */
    private static int plainSum(byte[]... parts) {
        int sum = 0;
        for (byte[] part : parts) {
            for (int i = 0; i < part.length; i += 2) {
                sum += (part[i] & 0xFF) << 8 | (i + 1 < part.length ? part[i + 1] & 0xFF : 0);
                sum = (sum & 0xFFFF) + (sum >>> 16);
            }
        }
        return sum;
    }

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        if (seed % 5 == 0) {
            Arrays.fill(bytes, (byte) (seed % 2 == 0 ? 0xFF : 0));
        }
        return bytes;
    }

    @Property(tries = 500)
    void theSumIsThatOfThePlainAlgorithm(
            @ForAll int seed, @ForAll @IntRange(max = 70_000) int length, @ForAll @IntRange(max = 9) int from) {
        byte[] bytes = bytes(seed, length + from);
        byte[] meant = Arrays.copyOfRange(bytes, from, bytes.length);
        int plain = plainSum(meant);
        int ours = ~Checksum.of(Checksum.sum(bytes, from, bytes.length)) & 0xFFFF;
        // 0 and 0xFFFF are one number in the arithmetic of ones' complement.
        assertThat(ours % 0xFFFF).isEqualTo(plain % 0xFFFF);
    }

    @Provide
    Arbitrary<SocketAddress> addresses() {
        Arbitrary<byte[]> raw = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.bytes().array(byte[].class).ofSize(16));
        return Combinators.combine(raw, Arbitraries.integers().between(0, 65_535))
                .as((address, port) -> {
                    try {
                        return new SocketAddress(InetAddress.getByAddress(address), port);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Property(tries = 300)
    void aSegmentIsOneThatAReaderOfTheRfcUnderstands(
            @ForAll("addresses") SocketAddress from,
            @ForAll("addresses") SocketAddress to,
            @ForAll int sequence,
            @ForAll int acknowledgement,
            @ForAll boolean syn,
            @ForAll @IntRange(max = 65_535) int size)
            throws IOException {
        Headers headers = new Headers(true, from, to);
        byte[] payload = bytes(sequence, syn ? 0 : Math.min(size, headers.maxPayload()));
        BlockWriter out = new BlockWriter(16);
        int flags = syn ? TcpFlags.SYN : TcpFlags.PSH | TcpFlags.ACK;
        headers.writeTcp(out, sequence, acknowledgement, flags, payload, 0, payload.length);
        byte[] packet = drained(out);
        assertThat(packet).hasSize(headers.length(syn) + payload.length);
        ByteBuffer segment = network(packet, from, to, 6);
        assertThat(Short.toUnsignedInt(segment.getShort(0))).isEqualTo(from.port());
        assertThat(Short.toUnsignedInt(segment.getShort(2))).isEqualTo(to.port());
        assertThat(segment.getInt(4)).isEqualTo(sequence);
        assertThat(segment.getInt(8)).isEqualTo(acknowledgement);
        int offset = (segment.get(12) >>> 4 & 0xF) * 4;
        assertThat(offset).isEqualTo(syn ? 28 : 20);
        assertThat(segment.get(13)).isEqualTo((byte) flags);
        assertThat(rest(segment, offset)).isEqualTo(payload);
    }

    @Property(tries = 300)
    void aDatagramIsOneThatAReaderOfTheRfcUnderstands(
            @ForAll("addresses") SocketAddress from,
            @ForAll("addresses") SocketAddress to,
            @ForAll int seed,
            @ForAll @IntRange(max = 65_535) int size)
            throws IOException {
        Headers headers = new Headers(false, from, to);
        byte[] payload = bytes(seed, Math.min(size, headers.maxPayload()));
        BlockWriter out = new BlockWriter(16);
        headers.writeUdp(out, payload, 0, payload.length);
        byte[] packet = drained(out);
        ByteBuffer datagram = network(packet, from, to, 17);
        assertThat(Short.toUnsignedInt(datagram.getShort(0))).isEqualTo(from.port());
        assertThat(Short.toUnsignedInt(datagram.getShort(2))).isEqualTo(to.port());
        assertThat(Short.toUnsignedInt(datagram.getShort(4))).isEqualTo(8 + payload.length);
        assertThat(datagram.getShort(6))
                .as("a checksum of 0 says there is none")
                .isNotZero();
        assertThat(rest(datagram, 8)).isEqualTo(payload);
    }

    @Test
    void aChecksumThatComesOutAsZeroIsWrittenAsAllOnesForADatagramOnly() throws IOException {
        SocketAddress from = SocketAddress.parse("10.0.0.1:1");
        SocketAddress to = SocketAddress.parse("10.0.0.2:2");
        byte[] payload = new byte[2];
        BlockWriter out = new BlockWriter(16);
        new Headers(false, from, to).writeUdp(out, payload, 0, 2);
        byte[] first = drained(out);
        // What the checksum was, added to the payload, makes it 0.
        System.arraycopy(first, 26, payload, 0, 2);
        new Headers(false, from, to).writeUdp(out, payload, 0, 2);
        byte[] second = drained(out);
        assertThat(second[26]).isEqualTo((byte) 0xFF);
        assertThat(second[27]).isEqualTo((byte) 0xFF);
        network(second, from, to, 17);
    }

    /** Checks the network layer and the checksums; what is in the packet. */
    private static ByteBuffer network(byte[] packet, SocketAddress from, SocketAddress to, int protocol) {
        ByteBuffer ip = ByteBuffer.wrap(packet);
        boolean v4 = from.v4() && to.v4();
        int header = v4 ? 20 : 40;
        byte[] transport = Arrays.copyOfRange(packet, header, packet.length);
        byte[] addresses = v4 ? Arrays.copyOfRange(packet, 12, 20) : Arrays.copyOfRange(packet, 8, 40);
        byte[] expected = ByteBuffer.allocate(addresses.length)
                .put(v4 ? from.address().getAddress() : from.v6Bytes())
                .put(v4 ? to.address().getAddress() : to.v6Bytes())
                .array();
        assertThat(addresses).isEqualTo(expected);
        if (v4) {
            assertThat(packet[0]).isEqualTo((byte) 0x45);
            assertThat(Short.toUnsignedInt(ip.getShort(2))).isEqualTo(packet.length);
            assertThat(packet[9]).isEqualTo((byte) protocol);
            assertThat(plainSum(Arrays.copyOf(packet, 20))).isEqualTo(0xFFFF);
        } else {
            assertThat(packet[0] & 0xF0).isEqualTo(0x60);
            assertThat(Short.toUnsignedInt(ip.getShort(4))).isEqualTo(transport.length);
            assertThat(packet[6]).isEqualTo((byte) protocol);
        }
        byte[] pseudo =
                ByteBuffer.allocate(8).putInt(transport.length).putInt(protocol).array();
        assertThat(plainSum(addresses, pseudo, transport)).isEqualTo(0xFFFF);
        return ByteBuffer.wrap(transport);
    }

    private static byte[] rest(ByteBuffer buffer, int from) {
        byte[] rest = new byte[buffer.capacity() - from];
        buffer.get(from, rest);
        return rest;
    }
}
