package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Cutter;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Made-up traffic with ids from 1000 on: for tests of what remembers and finds it. */
final class Traffic {

    static final List<String> ENDPOINTS = List.of("meter", "logs", "game");
    static final List<ConnectionKey> CONNECTIONS = List.of(
            connection("m1", "meter"), connection("m2", "meter"), connection("l1", "logs"), connection("g1", "game"));

    private static final long BEGIN = 1_000_000;

    private final List<TrafficEvent> events = new ArrayList<>();
    private long nextId = 1000;
    private long at = BEGIN;

    Traffic() {}

    /** With ids from another one on. */
    Traffic(long firstId) {
        nextId = firstId;
    }

    static ConnectionKey connection(String id, String endpoint) {
        return new ConnectionKey(id, endpoint, Transport.TCP, Role.ACCEPTED, "127.0.0.1:9001", "127.0.0.1:50412", 0);
    }

    /** A chunk that is one frame, come in from a peer. */
    static Chunk received(long id, long at, ConnectionKey connection, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return new Chunk(id, at, connection, Direction.IN, bytes, FrameEnds.whole(bytes.length, Origin.PEER), null);
    }

    /** One frame a chunk, coming in from a peer. */
    Frame receive(ConnectionKey connection, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return add(new Chunk(
                        nextId, at, connection, Direction.IN, bytes, FrameEnds.whole(bytes.length, Origin.PEER), null))
                .frame(0);
    }

    /** A chunk of frames that end with a line feed, after {@code straddling} and before {@code tail}. */
    Chunk lines(
            ConnectionKey connection,
            Direction direction,
            Origin origin,
            String straddling,
            List<String> payloads,
            String tail) {
        FrameEnds.Builder ends = new FrameEnds.Builder();
        StringBuilder bytes = new StringBuilder();
        for (String payload : payloads) {
            bytes.append(payload).append('\n');
            ends.add(bytes.length(), 0, 1, ends.size() % 2 == 0 ? origin : Origin.PEER);
        }
        byte[] straddler = straddling.isEmpty() || payloads.isEmpty()
                ? null
                : (straddling + payloads.getFirst() + "\n").getBytes(UTF_8);
        byte[] all = bytes.append(tail).toString().getBytes(UTF_8);
        return add(new Chunk(nextId, at, connection, direction, all, ends.build(), straddler));
    }

    /** A chunk as framing cut it. */
    Chunk moved(ConnectionKey connection, Direction direction, byte[] bytes, Cutter.Cut cut) {
        return add(new Chunk(nextId, at, connection, direction, bytes, cut.ends(), cut.straddler()));
    }

    Unfinished unfinished(ConnectionKey connection, Direction direction, byte[] wire) {
        return add(new Unfinished(nextId, at, connection, direction, Origin.PEER, wire));
    }

    LifeCycle event(String endpoint, ConnectionKey connection, LifeCycle.Kind kind) {
        CloseReason reason = kind.end() ? CloseReason.PEER_CLOSED : null;
        long took = nextId % 2 == 0 ? LifeCycle.UNTIMED : nextId % 100_000;
        return add(new LifeCycle(nextId, at, endpoint, connection, kind, null, kind.word(), reason, took));
    }

    Gap gap(String endpoint, long missed) {
        return add(new Gap(nextId, at, endpoint, missed));
    }

    private <E extends TrafficEvent> E add(E event) {
        events.add(event);
        nextId += event.ids();
        return event;
    }

    void pass(long nanos) {
        at += nanos;
    }

    long now() {
        return at;
    }

    long latest() {
        return nextId - 1;
    }

    List<TrafficEvent> events() {
        return events;
    }

    List<Frame> frames() {
        return frames(events);
    }

    static List<Frame> frames(List<TrafficEvent> events) {
        List<Frame> frames = new ArrayList<>();
        for (TrafficEvent event : events) {
            for (int i = 0; i < event.frames(); i++) {
                frames.add(event.frame(i));
            }
        }
        return frames;
    }

    /** All of an event that was captured, the bytes in their places. */
    static String text(TrafficEvent event) {
        return switch (event) {
            case Chunk chunk ->
                "chunk " + chunk.id() + " " + chunk.at() + " " + chunk.connection() + " " + chunk.direction() + " "
                        + HexFormat.of().formatHex(chunk.bytes()) + " " + text(chunk.ends()) + " "
                        + (chunk.straddler() == null ? "-" : HexFormat.of().formatHex(chunk.straddler()));
            case Unfinished rest ->
                "rest " + rest.id() + " " + rest.at() + " " + rest.connection() + " " + rest.direction() + " "
                        + rest.origin() + " " + HexFormat.of().formatHex(rest.wire());
            case LifeCycle lifeCycle -> lifeCycle.toString();
            case Gap gap -> gap.toString();
        };
    }

    private static String text(FrameEnds ends) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < ends.size(); i++) {
            text.append(ends.end(i))
                    .append('-')
                    .append(ends.header(i))
                    .append('-')
                    .append(ends.trailer(i));
            text.append(ends.origin(i)).append(' ');
        }
        return text.append(']').toString();
    }

    @Override
    public String toString() {
        return events.size() + " events";
    }

    /** Moves all times apart by a factor, beginning with the time of the first event. */
    void spread(long factor) {
        events.replaceAll(event -> switch (event) {
            case Chunk c ->
                new Chunk(
                        c.id(),
                        spread(c.at(), factor),
                        c.connection(),
                        c.direction(),
                        c.bytes(),
                        c.ends(),
                        c.straddler());
            case Unfinished u ->
                new Unfinished(u.id(), spread(u.at(), factor), u.connection(), u.direction(), u.origin(), u.wire());
            case LifeCycle l ->
                new LifeCycle(
                        l.id(),
                        spread(l.at(), factor),
                        l.endpoint(),
                        l.connection(),
                        l.kind(),
                        l.call(),
                        l.detail(),
                        l.reason(),
                        l.took());
            case Gap g -> new Gap(g.id(), spread(g.at(), factor), g.endpoint(), g.missed());
        });
        at = spread(at, factor);
    }

    /** What becomes of a time; of no bound nothing does. */
    static long spread(long at, long factor) {
        return at == Long.MIN_VALUE || at == Long.MAX_VALUE ? at : BEGIN + (at - BEGIN) * factor;
    }

    /** Any traffic. */
    static Arbitrary<Traffic> any() {
        return step().list()
                .ofMaxSize(300)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(steps -> {
                    Traffic traffic = new Traffic();
                    steps.forEach(step -> step.take(traffic));
                    return traffic;
                });
    }

    private interface Step {
        void take(Traffic traffic);
    }

    private static Arbitrary<Step> step() {
        Arbitrary<String> text = Arbitraries.strings().withChars('a', 'b').ofMaxLength(4);
        Arbitrary<ConnectionKey> connection = Arbitraries.of(CONNECTIONS);
        Arbitrary<Direction> direction = Arbitraries.of(Direction.class);
        Arbitrary<Origin> origin = Arbitraries.of(Origin.class);
        Arbitrary<Step> chunks = Combinators.combine(
                        connection, direction, origin, text, text.list().ofMaxSize(4), text)
                .as((c, d, o, head, payloads, tail) -> traffic -> traffic.lines(c, d, o, head, payloads, tail));
        Arbitrary<Step> rests = Combinators.combine(connection, direction, text)
                .as((c, d, rest) -> traffic -> traffic.unfinished(c, d, rest.getBytes(UTF_8)));
        Arbitrary<Step> events = Combinators.combine(
                        connection.injectNull(0.5), Arbitraries.of(ENDPOINTS), Arbitraries.of(LifeCycle.Kind.class))
                .as((c, e, kind) -> traffic -> traffic.event(c == null ? e : c.endpoint(), c, kind));
        Arbitrary<Step> gaps = Combinators.combine(
                        Arbitraries.of(ENDPOINTS), Arbitraries.longs().between(1, 9))
                .as((e, missed) -> traffic -> traffic.gap(e, missed));
        Arbitrary<Step> passing = Arbitraries.longs().between(1, 3).map(nanos -> traffic -> traffic.pass(nanos));
        return Arbitraries.frequencyOf(
                Tuple.of(10, chunks), Tuple.of(2, rests), Tuple.of(3, events), Tuple.of(1, gaps), Tuple.of(5, passing));
    }

    /** Any filter, most of them finding something in {@link #any()} traffic. */
    static Arbitrary<MessageFilter> anyFilter() {
        Arbitrary<BytePattern> pattern = Arbitraries.strings()
                .withChars('a', 'b')
                .ofMaxLength(3)
                .map(text -> BytePattern.of(text.getBytes(UTF_8)));
        return Combinators.combine(
                        Arbitraries.of(ENDPOINTS).injectNull(0.7),
                        Arbitraries.of("m1", "m2", "l1", "g1", "gone").injectNull(0.7),
                        Arbitraries.of(Direction.class).injectNull(0.7),
                        Arbitraries.of(Origin.class).injectNull(0.7),
                        Combinators.combine(pattern.list().ofMaxSize(2), Arbitraries.of(true, false))
                                .as((patterns, used) -> used ? patterns : List.<BytePattern>of()),
                        anyTime(Long.MIN_VALUE),
                        anyTime(Long.MAX_VALUE))
                .as(MessageFilter::new);
    }

    private static Arbitrary<Long> anyTime(long unbounded) {
        return Arbitraries.longs().between(1_000_000, 1_000_100).injectNull(0.7).map(at -> at == null ? unbounded : at);
    }
}
