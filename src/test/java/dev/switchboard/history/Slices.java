package dev.switchboard.history;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Cutter;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Lines that are read in slices of any size, so that they begin and end anywhere. Each consists of a byte of its own,
 * by which it is recognised wherever a piece of it is left.
 */
final class Slices {

    /** How many lines there can be. */
    static final int LINES = 200;

    private static final int FIRST = 40;
    private static final ConnectionKey FILLER = Traffic.connection("filler", "filler");

    private final Traffic traffic = new Traffic();
    private final Map<Side, Stream> streams = new HashMap<>();
    private int lines;

    /** One direction of a connection. */
    record Side(ConnectionKey connection, Direction direction) {}

    private static final class Stream {
        private final Cutter cutter =
                new Cutter(new Framing.Lf().decoder(1 << 20), new FrameEnds.Builder(), Origin.PEER);
        private byte[] waiting = {};
    }

    Traffic traffic() {
        return traffic;
    }

    private Stream stream(Side side) {
        return streams.computeIfAbsent(side, any -> new Stream());
    }

    /** Says another line; it waits to be read. */
    void say(Side side, int length) {
        if (lines == LINES) {
            return;
        }
        byte[] line = new byte[length + 1];
        Arrays.fill(line, (byte) (FIRST + lines));
        line[length] = '\n';
        lines++;
        Stream stream = stream(side);
        byte[] more = Arrays.copyOf(stream.waiting, stream.waiting.length + line.length);
        System.arraycopy(line, 0, more, stream.waiting.length, line.length);
        stream.waiting = more;
    }

    /** Reads as many bytes of what waits. */
    void read(Side side, int bytes) {
        Stream stream = stream(side);
        int count = Math.min(bytes, stream.waiting.length);
        if (count > 0) {
            byte[] slice = Arrays.copyOf(stream.waiting, count);
            stream.waiting = Arrays.copyOfRange(stream.waiting, count, stream.waiting.length);
            traffic.moved(side.connection, side.direction, slice, stream.cutter.cut(slice));
        }
    }

    /** Ends a side as a connection does that breaks off. */
    void end(Side side) {
        byte[] rest = stream(side).cutter.leftover();
        if (rest.length > 0) {
            traffic.unfinished(side.connection, side.direction, rest);
        }
        streams.remove(side);
    }

    /** So much of somebody else's that a stretch is full, and a file soon. */
    void fill() {
        traffic.receive(FILLER, " ".repeat(20_000));
    }

    /** The byte of which the payload consists, as a number from 0 on. */
    static int line(byte[] payload) {
        return (payload[0] & 0xFF) - FIRST;
    }

    static BytePattern pattern(int line) {
        return BytePattern.of(new byte[] {(byte) (FIRST + line)});
    }

    /** Of which lines there is anything in bytes. */
    static List<Integer> linesIn(byte[] bytes) {
        List<Integer> found = new ArrayList<>();
        for (byte one : bytes) {
            int line = (one & 0xFF) - FIRST;
            if (line >= 0 && !found.contains(line)) {
                found.add(line);
            }
        }
        return found;
    }

    /** All bytes of a side that are in events. */
    static byte[] bytes(Side side, List<TrafficEvent> events) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (TrafficEvent event : events) {
            if (event instanceof Chunk chunk
                    && chunk.connection().id().equals(side.connection.id())
                    && chunk.direction() == side.direction) {
                all.writeBytes(chunk.bytes());
            }
        }
        return all.toByteArray();
    }

    static List<Side> sides() {
        return Traffic.CONNECTIONS.subList(0, 2).stream()
                .flatMap(connection ->
                        Arrays.stream(Direction.values()).map(direction -> new Side(connection, direction)))
                .toList();
    }

    private interface Step {
        void take(Slices slices);
    }

    /** Any. */
    static Arbitrary<Slices> any() {
        Arbitrary<Side> side = Arbitraries.of(sides());
        Arbitrary<Step> says = Combinators.combine(side, Arbitraries.integers().between(1, 30))
                .as((s, length) -> slices -> slices.say(s, length));
        Arbitrary<Step> reads = Combinators.combine(side, Arbitraries.integers().between(1, 40))
                .as((s, bytes) -> slices -> slices.read(s, bytes));
        Arbitrary<Step> ends = side.map(s -> slices -> slices.end(s));
        Arbitrary<Step> fills = Arbitraries.just(Slices::fill);
        Arbitrary<Step> passes = Arbitraries.longs().between(1, 3).map(nanos -> slices -> slices.traffic.pass(nanos));
        return Arbitraries.frequencyOf(
                        Tuple.of(20, says),
                        Tuple.of(40, reads),
                        Tuple.of(3, ends),
                        Tuple.of(3, fills),
                        Tuple.of(10, passes))
                .list()
                .ofMinSize(1)
                .ofMaxSize(300)
                .map(steps -> {
                    Slices slices = new Slices();
                    steps.forEach(step -> step.take(slices));
                    return slices;
                });
    }

    @Override
    public String toString() {
        return String.join("\n", traffic.events().stream().map(Traffic::text).toList());
    }
}
