package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.Unfinished;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link EventEncoder} writes, {@link EventDecoder} reads back; what nobody wrote, it does not take for it. */
class EventCodecTest {

    private static final Origin[] ORIGINS = Origin.values();
    private static final int[] EDGES = {0, 1, 65_494, 65_495, 65_496, 65_507, 65_515, 65_516, 130_990, 130_991, 300_000
    };

    /** Two ends of ours that talk to each other, over both protocols, and others. */
    private static final List<ConnectionKey> KEYS = List.of(
            key("a-1", "zähler ☎ 電", Transport.TCP, Role.ACCEPTED, "127.0.0.1:9001", "127.0.0.1:40000"),
            key("a-2", "ours", Transport.TCP, Role.CONNECTED, "127.0.0.1:40000", "127.0.0.1:9001"),
            key("a-3", "six", Transport.TCP, Role.CONNECTED, "[::1]:40000", "[fe80::1%lo]:9001"),
            key("a-4", "udp", Transport.UDP, Role.PEER, "[::]:5000", "10.1.2.3:6000"),
            key("a-5", "udp", Transport.UDP, Role.PEER, "10.0.0.1:5000", "10.0.0.2:6000"),
            key("a-6", "nowhere", Transport.TCP, Role.CONNECTED, "", "example.org:80"));

    private static ConnectionKey key(
            String id, String endpoint, Transport transport, Role role, String local, String remote) {
        return new ConnectionKey(id, endpoint, transport, role, local, remote, 1_700_000_000_123_456_789L);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] encoded(List<TrafficEvent> events) {
        BlockWriter out = new BlockWriter(16);
        EventEncoder encoder = new EventEncoder(new Conversations(), out);
        encoder.beginStretch();
        events.forEach(encoder::write);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            out.drainTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<TrafficEvent> decoded(byte[] bytes) throws EventDecoder.DamagedException {
        EventDecoder decoder = new EventDecoder(bytes, 0, bytes.length, null);
        List<TrafficEvent> events = new ArrayList<>();
        for (TrafficEvent event = decoder.next(); event != null; event = decoder.next()) {
            events.add(event);
        }
        assertThat(decoder.wholeUpTo()).isEqualTo(bytes.length);
        return events;
    }

    private static List<String> texts(List<TrafficEvent> events) {
        return events.stream().map(Traffic::text).toList();
    }

    /** Frames of random lengths that fill {@code length} bytes but for a tail; some framed differently. */
    private static FrameEnds ends(Random random, int length, int frames, boolean alike, boolean oneOrigin) {
        FrameEnds.Builder ends = new FrameEnds.Builder();
        int end = 0;
        for (int i = 0; i < frames; i++) {
            int left = frames - i;
            int size = Math.min(length - end, random.nextInt(2 * Math.max(1, (length - end) / left) + 1));
            end += size;
            int header = alike || size == 0 ? 0 : random.nextInt(Math.min(size, 8));
            int trailer = alike || size == header ? 0 : random.nextInt(Math.min(size - header, 4));
            ends.add(end, header, trailer, ORIGINS[oneOrigin ? 2 : random.nextInt(ORIGINS.length)]);
        }
        return ends.build();
    }

    private static Chunk chunk(Random random, long id, long at, ConnectionKey key, int length, int frames) {
        Direction direction = random.nextBoolean() ? Direction.IN : Direction.OUT;
        FrameEnds ends = ends(random, length, frames, random.nextBoolean(), random.nextBoolean());
        byte[] straddler = null;
        if (frames > 0 && random.nextInt(3) == 0) {
            straddler = bytes(random, ends.end(0) + random.nextInt(random.nextInt(10) == 0 ? 3 << 20 : 5000));
        }
        return new Chunk(id, at, key, direction, bytes(random, length), ends, straddler);
    }

    private static List<TrafficEvent> events(long seed, int most) {
        Random random = new Random(seed);
        List<TrafficEvent> events = new ArrayList<>();
        long id = 1 + random.nextLong(1L << 52);
        long at = 1_700_000_000_000_000_000L;
        for (int i = random.nextInt(most); i >= 0; i--) {
            ConnectionKey key = KEYS.get(random.nextInt(KEYS.size()));
            at += random.nextInt(1000);
            TrafficEvent event = switch (random.nextInt(8)) {
                case 0 -> new Gap(id, at, key.endpoint(), 1 + random.nextLong(1L << 40));
                case 1 ->
                    new Unfinished(
                            id,
                            at,
                            key,
                            Direction.OUT,
                            ORIGINS[random.nextInt(5)],
                            bytes(random, random.nextInt(70_000)));
                case 2 -> lifeCycle(random, id, at, key);
                case 3 -> whole(random, id, at, key, EDGES[random.nextInt(EDGES.length)]);
                default ->
                    key.transport() == Transport.UDP
                            ? whole(random, id, at, key, random.nextInt(2000))
                            : chunk(random, id, at, key, random.nextInt(5000), random.nextInt(60));
            };
            events.add(event);
            id = event.lastId() + 1;
        }
        return events;
    }

    private static Chunk whole(Random random, long id, long at, ConnectionKey key, int length) {
        int size = key.transport() == Transport.UDP ? Math.min(length, 65_507) : length;
        FrameEnds ends = FrameEnds.whole(size, Origin.PEER);
        return new Chunk(id, at, key, Direction.IN, bytes(random, size), ends, null);
    }

    private static LifeCycle lifeCycle(Random random, long id, long at, ConnectionKey key) {
        LifeCycle.Kind kind = LifeCycle.Kind.values()[random.nextInt(LifeCycle.Kind.values().length)];
        return new LifeCycle(
                id,
                at,
                key.endpoint(),
                random.nextInt(4) == 0 ? null : key,
                kind,
                random.nextBoolean() ? null : LifeCycle.Call.ACCEPT,
                "état ✓ \0 " + "d".repeat(random.nextInt(70_000)),
                random.nextBoolean() ? null : CloseReason.IDLE,
                random.nextBoolean() ? LifeCycle.UNTIMED : random.nextLong(1L << 40));
    }

    @Property(tries = 150)
    void everyEventComesBackAsItWas(@ForAll long seed) throws EventDecoder.DamagedException {
        List<TrafficEvent> events = events(seed, 40);
        assertThat(texts(decoded(encoded(events)))).isEqualTo(texts(events));
    }

    @ParameterizedTest(name = "{1} frames in {0} bytes")
    @CsvSource({"0,1", "0,100000", "65495,65495", "65496,0", "100000,100000", "4000000,100000", "2000000,1"})
    void aChunkComesBackHoweverManyFramesItHolds(int length, int frames) throws EventDecoder.DamagedException {
        Random random = new Random(length * 31L + frames);
        for (ConnectionKey key : KEYS.subList(0, 3)) {
            List<TrafficEvent> events = new ArrayList<>();
            // The first of the two ends is seen first, so the other one is a mirror of it.
            events.add(whole(random, 1, 1, KEYS.getFirst(), 10));
            for (int i = 0; i < 4; i++) {
                long id = events.getLast().lastId() + 1;
                FrameEnds ends = ends(random, length, frames, i % 2 == 0, i < 2);
                events.add(new Chunk(id, id, key, Direction.OUT, bytes(random, length), ends, null));
            }
            assertThat(texts(decoded(encoded(events)))).isEqualTo(texts(events));
        }
    }

    @Property(tries = 150)
    void aSearchReadsEveryMessageThatIsMeant(@ForAll long seed) throws EventDecoder.DamagedException {
        List<TrafficEvent> events = events(seed, 30);
        Random random = new Random(~seed);
        ConnectionKey key = KEYS.get(random.nextInt(KEYS.size()));
        List<Frame> frames = Traffic.frames(events);
        byte[] needle = {1, 2};
        if (!frames.isEmpty()) {
            byte[] payload = frames.get(random.nextInt(frames.size())).payload();
            int from = Math.max(0, payload.length / 2 - 3);
            needle = Arrays.copyOfRange(payload, from, Math.min(payload.length, from + 6));
        }
        MessageFilter filter = new MessageFilter(
                random.nextInt(3) == 0 ? key.endpoint() : null,
                random.nextInt(3) == 0 ? key.id() : null,
                random.nextInt(3) == 0 ? Direction.IN : null,
                null,
                needle.length == 0 ? List.of() : List.of(BytePattern.of(needle)));
        byte[] bytes = encoded(events);
        EventDecoder decoder = new EventDecoder(bytes, 0, bytes.length, filter);
        List<Long> found = new ArrayList<>();
        for (TrafficEvent event = decoder.next(); event != null; event = decoder.next()) {
            Traffic.frames(List.of(event)).stream().filter(filter::matches).forEach(frame -> found.add(frame.id()));
        }
        assertThat(found)
                .isEqualTo(
                        frames.stream().filter(filter::matches).map(Frame::id).toList());
    }

    @Property(tries = 1500)
    void whatNobodyWroteIsDamagedAndCostsLittle(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = mutated(encoded(small(random)), random);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EventDecoder decoder = new EventDecoder(bytes, 0, bytes.length, null);
        long before = threads.getCurrentThreadAllocatedBytes();
        int steps = 0;
        try {
            for (TrafficEvent event = decoder.next(); event != null; event = decoder.next()) {
                steps++;
                for (int i = 0; i < event.frames(); i++) {
                    // Whoever looks at it must be able to.
                    event.frame(i).payload();
                }
                assertThat(SumsBuilder.of(event).framesIn()).isNotNegative();
            }
        } catch (EventDecoder.DamagedException e) {
            assertThat(e.getMessage()).contains(" at byte ");
        }
        assertThat(steps).isLessThanOrEqualTo(bytes.length / 12);
        assertThat(decoder.wholeUpTo()).isBetween(0, bytes.length);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200L * bytes.length + 4_000_000);
    }

    /** Short, so that what is changed mostly means something. */
    private static List<TrafficEvent> small(Random random) {
        List<TrafficEvent> events = new ArrayList<>();
        long id = 1000;
        for (int i = 0; i < 12; i++) {
            ConnectionKey key = KEYS.get(random.nextInt(KEYS.size()));
            TrafficEvent event = switch (random.nextInt(6)) {
                case 0 -> new Gap(id, id, key.endpoint(), 5);
                case 1 -> new Unfinished(id, id, key, Direction.IN, Origin.PEER, "rest".getBytes(UTF_8));
                case 2 -> new LifeCycle(id, id, key.endpoint(), key, LifeCycle.Kind.ACCEPTED, null, "in", null);
                default ->
                    key.transport() == Transport.UDP
                            ? whole(random, id, id, key, random.nextInt(40))
                            : chunk(random, id, id, key, random.nextInt(60), random.nextInt(6));
            };
            events.add(event);
            id = event.lastId() + 1;
        }
        return events;
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(changed, at, Math.min(changed.length, at + random.nextInt(9)), (byte) 0xFF);
                default -> System.arraycopy(bytes, 0, changed, at, Math.min(changed.length - at, 16));
            }
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
    }
}
