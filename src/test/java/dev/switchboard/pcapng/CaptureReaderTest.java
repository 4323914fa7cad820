package dev.switchboard.pcapng;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.pcapng.CaptureItem.CustomOption;
import dev.switchboard.pcapng.CaptureItem.Interface;
import dev.switchboard.pcapng.CaptureItem.Packet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CaptureReaderTest {

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] FIVE = {1, 2, 3, 4, 5};

    /** What there is, until the end or the damage. */
    private static List<CaptureItem> read(byte[] capture, boolean damaged) throws IOException {
        List<CaptureItem> items = new ArrayList<>();
        try {
            CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(capture));
            CaptureItem item = reader.next();
            while (item != null) {
                items.add(item);
                item = reader.next();
            }
        } catch (DamagedCaptureException e) {
            assertThat(e.offset()).isBetween(0L, (long) capture.length);
            assertThat(e).hasMessageStartingWith("at byte " + e.offset());
            assertThat(damaged).as(e.getMessage()).isTrue();
        }
        return items;
    }

    private static List<Packet> packets(byte[] capture) throws IOException {
        return read(capture, false).stream()
                .filter(Packet.class::isInstance)
                .map(Packet.class::cast)
                .toList();
    }

    private static byte[] everything(ByteOrder order) {
        Captures capture = new Captures(order);
        return capture.section()
                .described(1, capture.option(2, "lo".getBytes(UTF_8)), capture.option(9, (byte) 9), 0)
                .described(101)
                .packet(
                        0,
                        1_785_600_000_123_456_789L,
                        FIVE,
                        900,
                        capture.option(1, "a note".getBytes(UTF_8)),
                        capture.body((short) 2, (short) 4, 2),
                        capture.body((short) 2989, (short) 7, 99, new byte[] {7, 8, 9}),
                        0)
                .packet(1, 1_785_600_000_123_456L, FIVE, 5)
                .block(5, 0, 0, 0)
                .block(3, 5, FIVE)
                .block(0x0BAD, 99, FIVE)
                .section()
                .described(228)
                .block(2, (short) 0, (short) 3, 0, 1_000_000, 5, 5, FIVE)
                .bytes();
    }

    @Example
    void readsPcapngInEitherByteOrder() throws IOException {
        for (ByteOrder order : ORDERS) {
            List<CaptureItem> items = read(everything(order), false);
            assertThat(items).hasSize(8);
            assertThat(items.get(0)).isEqualTo(new Interface(0, 1, "lo", 0));
            assertThat(items.get(1)).isEqualTo(new Interface(1, 101, null, 0));
            Packet first = (Packet) items.get(2);
            assertThat(first.at()).isEqualTo(1_785_600_000_123_456_789L);
            assertThat(first.data()).isEqualTo(FIVE);
            assertThat(first.originalLength()).isEqualTo(900);
            assertThat(first.comment()).isEqualTo("a note");
            assertThat(first.direction()).isEqualTo(CaptureItem.PacketDirection.OUTBOUND);
            assertThat(first.custom()).hasSize(1);
            CustomOption option = first.custom().getFirst();
            assertThat(option.pen()).isEqualTo(99);
            assertThat(option.data()).containsExactly(7, 8, 9);
            Packet second = (Packet) items.get(3);
            assertThat(second.on()).isEqualTo(items.get(1));
            assertThat(second.at()).isEqualTo(1_785_600_000_123_456_000L);
            Packet simple = (Packet) items.get(4);
            assertThat(simple.timed()).isFalse();
            assertThat(simple.at()).isEqualTo(second.at());
            assertThat(simple.data()).isEqualTo(FIVE);
            assertThat(((CaptureItem.Custom) items.get(5)).pen()).isEqualTo(99);
            Packet old = (Packet) items.get(7);
            assertThat(old.on().linkType()).isEqualTo(228);
            assertThat(old.at()).isEqualTo(1_000_000_000);
        }
    }

    @Example
    void readsClassicPcapInEitherByteOrderAndBothResolutions() throws IOException {
        for (ByteOrder order : ORDERS) {
            for (int magic : List.of(0xA1B2C3D4, 0xA1B23C4D)) {
                List<Packet> packets = packets(new Captures(order)
                        .pcap(magic, 113)
                        .record(-1, 7, FIVE, 60)
                        .record(10, 0, FIVE, 5)
                        .bytes());
                assertThat(packets).hasSize(2);
                assertThat(packets.getFirst().on().linkType()).isEqualTo(113);
                assertThat(packets.getFirst().at())
                        .isEqualTo(4_294_967_295_000_000_000L + (magic == 0xA1B2C3D4 ? 7_000 : 7));
                assertThat(packets.getFirst().originalLength()).isEqualTo(60);
            }
        }
    }

    @Example
    void readsEveryResolutionOfTime() {
        assertThat(new Ticks(6, 0).nanos(1_500_000)).isEqualTo(1_500_000_000);
        assertThat(new Ticks(9, 0).nanos(1_500_000)).isEqualTo(1_500_000);
        assertThat(new Ticks(0, 0).nanos(3)).isEqualTo(3_000_000_000L);
        assertThat(new Ticks(12, 0).nanos(1_500_000_000_999L)).isEqualTo(1_500_000_000);
        assertThat(new Ticks(20, 0).nanos(200_000_000_000L)).isEqualTo(2);
        assertThat(new Ticks(0x80 | 10, 0).nanos(1024 + 512)).isEqualTo(1_500_000_000);
        assertThat(new Ticks(0x80 | 32, 0).nanos((7L << 32) + (1L << 31))).isEqualTo(7_500_000_000L);
        assertThat(new Ticks(0x80 | 60, 0).nanos((1L << 60) + (1L << 59))).isEqualTo(1_500_000_000);
        assertThat(new Ticks(6, 100).nanos(1_500_000)).isEqualTo(101_500_000_000L);
        assertThat(new Ticks(6, -1).nanos(1_500_000)).isEqualTo(500_000_000);
    }

    @Property(tries = 300)
    void timesAreNeverBeyondWhatALongHolds(
            @ForAll @IntRange(max = 255) int resolution, @ForAll long offset, @ForAll long ticks) {
        new Ticks(resolution, offset).nanos(ticks);
    }

    @Example
    void saysWhereItIsDamagedAndKeepsWhatWasReadBefore() {
        byte[] good = new Captures(ByteOrder.LITTLE_ENDIAN)
                .section()
                .described(1)
                .packet(0, 1, FIVE, 5)
                .bytes();
        byte[] torn = Arrays.copyOf(everything(ByteOrder.LITTLE_ENDIAN), good.length - 3);
        assertThatThrownBy(() -> readAll(torn)).hasMessageContaining("breaks off");

        byte[] huge = good.clone();
        int at = good.length - 40;
        huge[at + 7] = 0x7F;
        assertThatThrownBy(() -> readAll(huge))
                .isInstanceOfSatisfying(
                        DamagedCaptureException.class,
                        e -> assertThat(e.offset()).isEqualTo(at))
                .hasMessageContaining("at byte " + at)
                .hasMessageContaining("a block of");

        byte[] disagreeing = good.clone();
        disagreeing[good.length - 4] ^= 4;
        assertThatThrownBy(() -> readAll(disagreeing)).hasMessageContaining("that ends saying");
        for (String text : List.of("", "abc", "hello, world", "GIF89a....")) {
            assertThatThrownBy(() -> readAll(text.getBytes(UTF_8))).isInstanceOf(DamagedCaptureException.class);
        }
    }

    private static void readAll(byte[] capture) throws IOException, DamagedCaptureException {
        CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(capture));
        while (reader.next() != null) {
            // On to the next.
        }
    }

    @Property(tries = 2000)
    void whateverTheBytesAreItEnds(
            @ForAll @Size(max = 12) List<Integer> places,
            @ForAll @Size(min = 12, max = 12) List<Byte> values,
            @ForAll @IntRange(max = 600) int cut,
            @ForAll boolean classic)
            throws IOException {
        byte[] capture = classic
                ? new Captures(ByteOrder.LITTLE_ENDIAN)
                        .pcap(0xA1B2C3D4, 1)
                        .record(1, 7, FIVE, 60)
                        .record(10, 0, FIVE, 5)
                        .bytes()
                : everything(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < places.size(); i++) {
            capture[Math.floorMod(places.get(i), capture.length)] = values.get(i);
        }
        Dissector dissector = new Dissector();
        for (CaptureItem item : read(Arrays.copyOf(capture, Math.max(0, capture.length - cut)), true)) {
            if (item instanceof Packet packet) {
                dissector.dissect(packet);
            }
        }
    }
}
