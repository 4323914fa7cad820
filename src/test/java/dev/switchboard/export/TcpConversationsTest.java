package dev.switchboard.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.pcapng.Dissected.TcpSegment;
import dev.switchboard.pcapng.Place;
import dev.switchboard.traffic.Direction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TcpConversationsTest {

    private static final Place CALLER = new Place(false, 0, 0x0A000001, 50_000);
    private static final Place CALLED = new Place(false, 0, 0x0A000002, 80);
    private static final long SECOND = 1_000_000_000;

    private final List<String> told = new ArrayList<>();
    private final Map<Direction, StringBuilder> streams = new EnumMap<>(Direction.class);
    private final Map<Direction, Long> lost = new EnumMap<>(Direction.class);
    private final TcpConversations conversations = new TcpConversations(this::open, 4);
    private long now;

    private TcpListener open(Place local, Place remote, long at) {
        String name = remote + ">" + local;
        return new TcpListener() {
            @Override
            public void opened(long when, boolean begun) {
                told.add((begun ? "opened " : "already open ") + name);
            }

            @Override
            public void moved(Direction direction, byte[] bytes, long when) {
                assertThat(bytes).isNotEmpty();
                told.add(direction + " " + new String(bytes, ISO_8859_1));
                streams.computeIfAbsent(direction, any -> new StringBuilder()).append(new String(bytes, ISO_8859_1));
            }

            @Override
            public void lost(Direction direction, long bytes, long when) {
                assertThat(bytes).isPositive();
                told.add(direction + " lost " + bytes);
                lost.merge(direction, bytes, Long::sum);
            }

            @Override
            public void halfClosed(Direction direction, long when) {
                told.add(direction + " half-closed");
            }

            @Override
            public void ended(End end, long when) {
                told.add("ended " + end);
            }
        };
    }

    private TcpConversationsTest segment(boolean in, String flags, long seq, long ack, String payload, int cut) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        conversations.segment(
                new TcpSegment(
                        in ? CALLER : CALLED,
                        in ? CALLED : CALLER,
                        (int) seq,
                        (int) ack,
                        flags.contains("A"),
                        flags.contains("S"),
                        flags.contains("F"),
                        flags.contains("R"),
                        bytes,
                        0,
                        bytes.length - cut,
                        bytes.length),
                now);
        return this;
    }

    private TcpConversationsTest in(String flags, long seq, long ack, String payload) {
        return segment(true, flags, seq, ack, payload, 0);
    }

    private TcpConversationsTest out(String flags, long seq, long ack, String payload) {
        return segment(false, flags, seq, ack, payload, 0);
    }

    private TcpConversationsTest called() {
        return in("S", 99, 0, "").out("SA", 499, 100, "").in("A", 100, 500, "");
    }

    private static final String OPENED = "opened 10.0.0.1:50000>10.0.0.2:80";

    @Example
    void tellsALifeFromTheCallToTheEnd() {
        called().in("A", 100, 500, "hello").out("A", 500, 105, "hi").in("FA", 105, 502, "");
        out("A", 502, 106, "more").out("FA", 506, 106, "").in("A", 106, 507, "");
        conversations.end(now);
        assertThat(told)
                .containsExactly(OPENED, "IN hello", "OUT hi", "IN half-closed", "OUT more", "ended CLOSED_BY_CALLER");
    }

    @Example
    void dropsWhatComesTwiceAndTellsWhatIsNewOfAnOverlap() {
        called().in("A", 100, 500, "hello")
                .in("A", 100, 500, "hello")
                .in("A", 99, 500, "x")
                .in("A", 103, 500, "lo you");
        assertThat(told).containsExactly(OPENED, "IN hello", "IN  you");
    }

    @Example
    void holdsWhatComesEarly() {
        called().in("FA", 110, 500, "").in("A", 105, 500, "there").in("A", 100, 500, "hello");
        assertThat(told).containsExactly(OPENED, "IN hello", "IN there", "IN half-closed");
    }

    @Example
    void tellsOfAHoleOnceItIsClearThatItStays() {
        called().in("A", 105, 500, "there");
        out("A", 500, 110, "");
        assertThat(told).containsExactly(OPENED);
        now += SECOND;
        out("A", 500, 110, "");
        assertThat(told).containsExactly(OPENED, "IN lost 5", "IN there");
        in("A", 120, 500, "end");
        in("R", 123, 0, "");
        assertThat(told).endsWith("IN lost 10", "IN end", "ended RESET_BY_CALLER");
    }

    @Example
    void tellsWhatTheCaptureCut() {
        called();
        segment(true, "A", 100, 500, "hello", 3);
        in("A", 105, 500, "!");
        assertThat(told).containsExactly(OPENED, "IN he", "IN lost 3", "IN !");
    }

    @Example
    void tellsOfBytesThatOnlyTheirReceiverSaw() {
        called().out("A", 500, 110, "");
        conversations.end(now);
        assertThat(told).containsExactly(OPENED, "IN lost 10", "ended UNSEEN");
    }

    @Example
    void takesTheLowerPortForTheCalledOneWhereTheCallIsMissing() {
        out("A", 500, 105, "hi").in("A", 100, 502, "hello").out("R", 502, 0, "");
        assertThat(told)
                .containsExactly(
                        "already open 10.0.0.1:50000>10.0.0.2:80", "OUT hi", "IN hello", "ended RESET_BY_CALLED");
    }

    @Example
    void knowsACallThatIsRefused() {
        in("S", 99, 0, "").out("RA", 0, 100, "");
        assertThat(told).containsExactly("ended REFUSED");
    }

    @Example
    void tellsTwoConnectionsOfOnePairApart() {
        called().in("S", 99, 0, "")
                .in("A", 100, 500, "one")
                .in("S", 7_000, 0, "")
                .out("SA", 8_000, 7_001, "");
        in("A", 7_001, 8_001, "two");
        conversations.end(now);
        assertThat(told).containsExactly(OPENED, "IN one", "ended UNSEEN", OPENED, "IN two", "ended UNSEEN");
    }

    @Example
    void givesUpTheConnectionThatIsSilentLongestForAnother() {
        for (int port = 1; port <= 10; port++) {
            conversations.segment(
                    new TcpSegment(
                            new Place(false, 0, 1, 1000 + port),
                            CALLED,
                            1,
                            1,
                            true,
                            false,
                            false,
                            false,
                            new byte[] {'x'},
                            0,
                            1,
                            1),
                    now);
        }
        assertThat(conversations.givenUp()).isEqualTo(6);
        assertThat(told).filteredOn("ended UNSEEN"::equals).hasSize(6);
    }

    @Property(tries = 500)
    void givesTheStreamBackHoweverItTravelled(
            @ForAll long seed, @ForAll @IntRange(max = 400) int length, @ForAll int initial) {
        // All tries have one instance of this class.
        new TcpConversationsTest().travel(seed, length, initial);
    }

    private void travel(long seed, int length, int initial) {
        Random random = new Random(seed);
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < length; i++) {
            stream.append((char) ('a' + random.nextInt(26)));
        }
        List<int[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < length) {
            int to = Math.min(length, at + 1 + random.nextInt(40));
            pieces.add(new int[] {at, to});
            at = to;
        }
        // Again, and differently.
        for (int i = 0; i < 10 && length > 0; i++) {
            int from = random.nextInt(length);
            pieces.add(random.nextInt(pieces.size() + 1), new int[] {from, Math.min(length, from + random.nextInt(60))
            });
        }
        for (int i = 0; i + 1 < pieces.size(); i++) {
            int other = Math.min(pieces.size() - 1, i + random.nextInt(4));
            int[] piece = pieces.set(i, pieces.get(other));
            pieces.set(other, piece);
        }
        in("S", initial - 1L, 0, "").out("SA", 499, initial, "").in("A", initial, 500, "");
        for (int[] piece : pieces) {
            in("A", (long) initial + piece[0], 500, stream.substring(piece[0], piece[1]));
        }
        in("FA", (long) initial + length, 500, "");
        out("FA", 500, (long) initial + length + 1, "");
        assertThat(streams.getOrDefault(Direction.IN, new StringBuilder()).toString())
                .isEqualTo(stream.toString());
        assertThat(lost).isEmpty();
        assertThat(told).endsWith("IN half-closed", "ended CLOSED_BY_CALLER");
    }

    @Property(tries = 500)
    void tellsExactlyHowMuchIsMissing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int segments) {
        // All tries have one instance of this class.
        new TcpConversationsTest().lose(seed, segments);
    }

    private void lose(long seed, int segments) {
        Random random = new Random(seed);
        called();
        long missing = 0;
        StringBuilder there = new StringBuilder();
        long seq = 100;
        for (int i = 0; i < segments; i++) {
            String payload = Integer.toString(i).repeat(1 + random.nextInt(5));
            if (random.nextInt(3) == 0) {
                missing += payload.length();
            } else {
                there.append(payload);
                in("A", seq, 500, payload);
            }
            seq += payload.length();
        }
        in("FA", seq, 500, "");
        out("R", 500, 0, "");
        assertThat(streams.getOrDefault(Direction.IN, new StringBuilder()).toString())
                .isEqualTo(there.toString());
        assertThat(lost.getOrDefault(Direction.IN, 0L)).isEqualTo(missing);
        assertThat(told.getLast()).isEqualTo("ended RESET_BY_CALLED");
    }

    @Property(tries = 500)
    void whateverComesEachConnectionEndsOnce(@ForAll long seed) {
        // All tries have one instance of this class.
        new TcpConversationsTest().jumble(seed);
    }

    private void jumble(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int flags = random.nextInt(100);
            String set = (flags < 90 ? "A" : "")
                    + (flags % 17 == 0 ? "S" : "")
                    + (flags % 13 == 0 ? "F" : "")
                    + (flags % 37 == 0 ? "R" : "");
            long seq = random.nextInt(10) == 0 ? random.nextInt() : 100 + random.nextInt(50);
            now += random.nextInt(300_000_000);
            segment(random.nextBoolean(), set, seq, random.nextInt(200), "x".repeat(random.nextInt(8)), 0);
        }
        conversations.end(now);
        boolean open = false;
        for (String word : told) {
            boolean opens = word.startsWith("opened") || word.startsWith("already");
            assertThat(opens && open).isFalse();
            open = opens || (open && !word.startsWith("ended"));
        }
        assertThat(open).isFalse();
    }
}
