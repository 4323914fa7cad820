package dev.switchboard.history;

import static dev.switchboard.history.HistoryStoreContract.append;
import static dev.switchboard.history.HistoryStoreContract.newestFirst;
import static dev.switchboard.history.HistoryStoreContract.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How messages are forgotten. */
interface ForgettingContract extends HistoryStoreContract {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    default void forgetsExactlyTheMessagesThatMatch(
            @ForAll("traffic") Traffic traffic, @ForAll("filters") MessageFilter filter, @ForAll("ids") long upTo) {
        try (HistoryStore store = filled(traffic)) {
            List<Frame> stay = traffic.frames().stream()
                    .filter(frame -> !filter.matches(frame) || frame.id() > upTo)
                    .toList();

            assertThat(store.delete(filter, upTo)).isEqualTo(traffic.frames().size() - stay.size());

            assertThat(texts(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000)
                            .items()))
                    .isEqualTo(texts(newestFirst(stay)));
            assertThat(store.bounds().frames()).isEqualTo(stay.size());
            assertThat(store.delete(filter, upTo)).isZero();
            for (Frame frame : traffic.frames()) {
                assertThat(store.message(frame.id()).isPresent())
                        .isEqualTo(stay.stream().anyMatch(other -> other.id() == frame.id()));
            }
            assertThat(store.events(new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE), Long.MAX_VALUE, 10_000)
                            .items())
                    .hasSize((int) traffic.events().stream()
                            .filter(LifeCycle.class::isInstance)
                            .count());
            Reading all = store.read(0, Long.MAX_VALUE, 10_000);
            assertThat(all.events()).extracting(TrafficEvent::id).isSorted().doesNotHaveDuplicates();
            assertThat(all.forgotten()).isZero();
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    default void goesOnAfterForgetting(
            @ForAll("traffic") Traffic before,
            @ForAll("filters") MessageFilter filter,
            @ForAll @IntRange(min = 1, max = 200) int more) {
        try (HistoryStore store = filled(before)) {
            long latest = before.latest();
            store.delete(filter, latest);
            int from = before.events().size();
            for (int i = 0; i < more; i++) {
                before.receive(METER, "more " + i);
            }
            append(store, before.events().subList(from, from + more));
            List<Frame> stay = before.frames().stream()
                    .filter(frame -> !filter.matches(frame) || frame.id() > latest)
                    .toList();
            assertThat(texts(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10_000)
                            .items()))
                    .isEqualTo(texts(newestFirst(stay)));
        }
    }

    @Test
    default void forgettingTheRestOfAllMessagesLeavesLifeCycleEventsOnly() {
        Traffic traffic = new Traffic();
        LifeCycle accepted = traffic.event("meter", METER, LifeCycle.Kind.ACCEPTED);
        traffic.receive(METER, "one");
        traffic.lines(METER, Direction.IN, Origin.PEER, "", List.of(), "part of a frame");
        traffic.gap("meter", 3);
        try (HistoryStore store = filled(traffic)) {
            assertThat(store.delete(MessageFilter.ALL, traffic.latest())).isEqualTo(1);
            assertThat(store.read(0, Long.MAX_VALUE, 100).events()).containsExactly(accepted);
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).captureGap())
                    .isZero();
        }
    }

    @Test
    default void givesUpTheBytesOfWhatItForgets() {
        Traffic traffic = new Traffic();
        traffic.lines(METER, Direction.IN, Origin.PEER, "", List.of("keep", "secret", "keep too"), "tail");
        try (HistoryStore store = filled(traffic)) {
            MessageFilter filter =
                    new MessageFilter(null, null, null, null, List.of(BytePattern.of("secret".getBytes(UTF_8))));
            assertThat(store.delete(filter, traffic.latest())).isEqualTo(1);
            List<TrafficEvent> left = store.read(0, Long.MAX_VALUE, 100).events();
            assertThat(left)
                    .allSatisfy(event -> assertThat(new String(((Chunk) event).bytes(), UTF_8))
                            .doesNotContain("secret"));
            assertThat(left.stream().mapToInt(TrafficEvent::weight).sum()).isEqualTo("keep\nkeep too\ntail".length());
        }
    }

    @Provide
    default Arbitrary<Slices> slices() {
        return Slices.any();
    }

    /** Most of them of one line; else of what lines have in common. */
    @Provide
    default Arbitrary<List<MessageFilter>> filtersOfLines() {
        Arbitrary<MessageFilter> line = Arbitraries.integers()
                .between(0, Slices.LINES - 1)
                .map(number -> new MessageFilter(null, null, null, null, List.of(Slices.pattern(number))));
        return Arbitraries.frequencyOf(Tuple.of(5, line), Tuple.of(1, Traffic.anyFilter()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    default void givesUpEveryByteOfAMessageHoweverManyChunksItCameIn(
            @ForAll("slices") Slices slices, @ForAll("filtersOfLines") List<MessageFilter> filters) {
        Traffic traffic = slices.traffic();
        List<Frame> all = traffic.frames();
        List<Frame> stay = new ArrayList<>(all);
        try (HistoryStore store = filled(traffic)) {
            for (MessageFilter filter : filters) {
                stay.removeIf(filter::matches);
                store.delete(filter, traffic.latest());
            }
            List<TrafficEvent> left = store.read(0, Long.MAX_VALUE, 10_000).events();
            assertThat(texts(Traffic.frames(left))).isEqualTo(texts(stay));

            List<Integer> gone = lines(all);
            gone.removeAll(lines(stay));
            for (Slices.Side side : Slices.sides()) {
                byte[] bytes = Slices.bytes(side, left);
                assertThat(Slices.linesIn(bytes)).noneMatch(gone::contains);
                if (filters.stream().noneMatch(MessageFilter::wholesale)) {
                    // Those of the other messages are all there, in their order.
                    assertThat(bytes).isEqualTo(without(gone, Slices.bytes(side, traffic.events())));
                }
            }
        }
    }

    private static List<Integer> lines(List<Frame> frames) {
        return new ArrayList<>(
                frames.stream().map(frame -> Slices.line(frame.payload())).toList());
    }

    private static byte[] without(List<Integer> lines, byte[] bytes) {
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        boolean goes = false;
        for (byte one : bytes) {
            goes = one == '\n' ? goes : lines.contains(Slices.line(new byte[] {one}));
            if (!goes) {
                left.write(one);
            }
        }
        return left.toByteArray();
    }

    @Test
    @Timeout(60)
    default void canBeAskedWhileItIsAppendedTo() throws Exception {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 50_000; i++) {
            traffic.receive(Traffic.CONNECTIONS.get(i % 4), "message " + i);
        }
        AtomicBoolean done = new AtomicBoolean();
        try (HistoryStore store = create(MAX_BYTES * 4, MAX_AGE, traffic::now);
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Future<?> asking = pool.submit(() -> {
                MessageFilter filter = new MessageFilter(null, "l1", null, null, List.of());
                while (!done.get()) {
                    List<Frame> found =
                            store.messages(filter, Long.MAX_VALUE, 500).items();
                    // What one connection sent is every fourth message, without a hole.
                    for (int i = 1; i < found.size(); i++) {
                        assertThat(found.get(i).id()).isEqualTo(found.get(i - 1).id() - 4);
                    }
                }
            });
            Future<Long> deleting = pool.submit(() -> {
                MessageFilter filter = new MessageFilter("game", null, null, null, List.of());
                long deleted = 0;
                while (!done.get()) {
                    deleted += store.delete(filter, Long.MAX_VALUE);
                }
                return deleted + store.delete(filter, Long.MAX_VALUE);
            });
            append(store, traffic.events());
            done.set(true);
            asking.get();
            assertThat(deleting.get()).isPositive();
            assertThat(store.bounds().newest()).isEqualTo(traffic.latest());
            assertThat(store.messages(new MessageFilter("game", null, null, null, List.of()), Long.MAX_VALUE, 10)
                            .items())
                    .isEmpty();
            assertThat(store.bounds().bytes()).isLessThanOrEqualTo(MAX_BYTES * 4);
        }
    }
}
