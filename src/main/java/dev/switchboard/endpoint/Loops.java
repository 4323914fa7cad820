package dev.switchboard.endpoint;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.FrameEnds;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The loops of TCP. Each connection stays on one of them all its life; new ones are dealt out in turn. Any thread. */
final class Loops implements AutoCloseable {

    /**
     * A loop, and where its connections wait while the capture is full.
     *
     * @param rooms used on the loop alone
     * @param ends to collect those of a read in; used on the loop alone, and empty between uses. One for all, as a
     *     single read can make it grow to a megabyte
     * @param sentEnds the same for writes. Another one, for a builder serves chunks that are cut alike with one object,
     *     and those of answers are never alike those of questions: they have another origin
     */
    record Station(Loop loop, RoomQueue rooms, FrameEnds.Builder ends, FrameEnds.Builder sentEnds) {}

    private final List<Station> stations;
    private final AtomicInteger dealt = new AtomicInteger();

    /** @param count at least 1; as one loop moves more than two cores can make sense of, 1 is right for most */
    Loops(int count, Capture capture) {
        this(count, capture, SelectorProvider.provider());
    }

    /** @param kernel where selectors and sockets come from */
    Loops(int count, Capture capture, SelectorProvider kernel) {
        stations = IntStream.range(0, count)
                .mapToObj(number -> new Loop(count == 1 ? "switchboard-tcp" : "switchboard-tcp-" + number, kernel))
                .map(loop -> new Station(
                        loop, new RoomQueue(loop, capture), new FrameEnds.Builder(), new FrameEnds.Builder()))
                .toList();
    }

    /** The station whose turn it is. */
    Station next() {
        return stations.get(Math.floorMod(dealt.getAndIncrement(), stations.size()));
    }

    List<Loop> all() {
        return stations.stream().map(Station::loop).toList();
    }

    /** Completes when every loop has done what it was handed before. */
    CompletableFuture<Void> passed() {
        return CompletableFuture.allOf(
                stations.stream().map(station -> station.loop().run(() -> {})).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        stations.forEach(station -> station.loop().close());
    }
}
