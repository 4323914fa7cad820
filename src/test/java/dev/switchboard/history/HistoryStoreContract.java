package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link HistoryStore} does. The reference is a plain list of what was appended. */
abstract class HistoryStoreContract {

    private static final long MAX_BYTES = 1 << 20;
    private static final Duration MAX_AGE = Duration.ofDays(7);
    private static final ConnectionKey METER = Traffic.CONNECTIONS.getFirst();
    private static final ConnectionKey LAB = Traffic.connection("lab.1", "lab");

    /**
     * An empty store.
     *
     * @param clock nanoseconds since the epoch
     */
    abstract HistoryStore create(long maxBytes, Duration maxAge, LongSupplier clock);

    private HistoryStore filled(Traffic traffic) {
        HistoryStore store = create(MAX_BYTES, MAX_AGE, traffic::now);
        append(store, traffic.events());
        return store;
    }

    /** In portions of different sizes. */
    private static void append(HistoryStore store, List<TrafficEvent> events) {
        int from = 0;
        for (int portion = 1; from < events.size(); portion = portion * 3 % 50 + 1) {
            int to = Math.min(events.size(), from + portion);
            store.append(List.copyOf(events.subList(from, to)));
            from = to;
        }
    }

    @Provide
    Arbitrary<Traffic> traffic() {
        return Traffic.any();
    }

    @Provide
    Arbitrary<MessageFilter> filters() {
        return Traffic.anyFilter();
    }

    @Provide
    Arbitrary<Long> ids() {
        return Arbitraries.longs().between(990, 1400).injectNull(0.3).map(id -> id == null ? Long.MAX_VALUE : id);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void findsTheMessagesThatAPlainSearchFinds(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll("ids") long before,
            @ForAll @IntRange(min = 1, max = 20) int limit) {
        try (HistoryStore store = filled(traffic)) {
            List<Frame> expected = newestFirst(traffic.frames().stream()
                    .filter(frame -> filter.matches(frame) && frame.id() < before)
                    .toList());
            MessagePage page = store.messages(filter, before, limit);

            assertThat(texts(page.items())).isEqualTo(texts(expected.subList(0, Math.min(limit, expected.size()))));
            OptionalLong next = expected.size() > limit
                    ? OptionalLong.of(expected.get(limit - 1).id())
                    : OptionalLong.empty();
            assertThat(page.next()).isEqualTo(next);
            assertThat(page.captureGap())
                    .isEqualTo(gapOf(traffic, filter, before, next.orElse(Long.MIN_VALUE), page.items()));
        }
    }

    private static long gapOf(Traffic traffic, MessageFilter filter, long before, long from, List<Frame> items) {
        if (filter.connection() != null && items.isEmpty()) {
            return 0;
        }
        String endpoint = filter.connection() == null
                ? filter.endpoint()
                : items.getFirst().connection().endpoint();
        return traffic.events().stream()
                .filter(event -> event instanceof Gap)
                .filter(gap -> gap.id() >= from && gap.id() < before)
                .filter(gap -> gap.at() >= filter.since() && gap.at() < filter.until())
                .filter(gap -> endpoint == null || gap.endpoint().equals(endpoint))
                .mapToLong(gap -> ((Gap) gap).missed())
                .sum();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void pagesTogetherHoldEveryMessageOnce(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll @IntRange(min = 1, max = 20) int limit) {
        try (HistoryStore store = filled(traffic)) {
            List<Frame> found = new ArrayList<>();
            long before = Long.MAX_VALUE;
            MessagePage page;
            do {
                page = store.messages(filter, before, limit);
                found.addAll(page.items());
                before = page.next().orElse(0);
            } while (page.next().isPresent());
            assertThat(texts(found))
                    .isEqualTo(texts(newestFirst(
                            traffic.frames().stream().filter(filter::matches).toList())));
        }
    }

    /** Over after so many stretches were looked at. */
    private static Deadline after(int stretches) {
        AtomicLong left = new AtomicLong(stretches);
        return () -> left.decrementAndGet() > 0 ? Long.MAX_VALUE : 0;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void pagesThatTimeCutShortTogetherHoldEveryMessageAndEveryGapOnce(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll @IntRange(min = 1, max = 20) int limit,
            @ForAll @IntRange(min = 0, max = 3) int stretches) {
        try (HistoryStore store = filled(traffic)) {
            List<Frame> found = new ArrayList<>();
            long missed = 0;
            long before = Long.MAX_VALUE;
            MessagePage page;
            do {
                page = store.messages(filter, before, limit, after(stretches));
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                assertThat(page.next().orElse(0)).isLessThan(before);
                assertThat(page.complete() || page.next().isPresent()).isTrue();
                for (Frame frame : traffic.frames()) {
                    if (filter.matches(frame)
                            && frame.id() < before
                            && frame.at() > page.searchedTo().orElse(Long.MAX_VALUE)) {
                        assertThat(texts(page.items())).contains(text(frame));
                    }
                }
                assertThat(page.captureGap())
                        .isEqualTo(gapOf(traffic, filter, before, page.next().orElse(Long.MIN_VALUE), page.items()));
                found.addAll(page.items());
                missed += page.captureGap();
                before = page.next().orElse(0);
            } while (page.next().isPresent());
            assertThat(texts(found))
                    .isEqualTo(texts(newestFirst(
                            traffic.frames().stream().filter(filter::matches).toList())));
            if (filter.connection() == null) {
                assertThat(missed).isEqualTo(gapOf(traffic, filter, Long.MAX_VALUE, Long.MIN_VALUE, List.of()));
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void addsUpWhatAPlainSumAddsUp(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll @IntRange(min = 0, max = 20) int parts) {
        // Further apart than the microseconds in which parts are measured.
        traffic.spread(7_777);
        MessageFilter wide = new MessageFilter(
                filter.endpoint(),
                filter.connection(),
                filter.direction(),
                filter.origin(),
                filter.contains(),
                Traffic.spread(filter.since(), 7_777),
                Traffic.spread(filter.until(), 7_777));
        try (HistoryStore store = filled(traffic)) {
            Summary summary = store.summary(wide, parts, Deadline.NEVER);
            assertThat(summary.complete()).isTrue();
            List<Frame> frames = traffic.frames().stream().filter(wide::matches).toList();
            List<Gap> gaps = gapsOf(traffic, wide);
            assertThat(summary.sums()).isEqualTo(sums(frames, gaps));

            List<Summary.Bucket> buckets = summary.buckets();
            assertThat(buckets).hasSizeLessThanOrEqualTo(parts);
            for (int i = 0; i < buckets.size(); i++) {
                long from = i == 0 ? Long.MIN_VALUE : buckets.get(i).at();
                long to = i + 1 == buckets.size()
                        ? Long.MAX_VALUE
                        : buckets.get(i + 1).at();
                assertThat(buckets.get(i).at() % 1000).isZero();
                assertThat(buckets.get(i).sums())
                        .isEqualTo(sums(
                                frames.stream()
                                        .filter(frame -> frame.at() >= from && frame.at() < to)
                                        .toList(),
                                gaps.stream()
                                        .filter(gap -> gap.at() >= from && gap.at() < to)
                                        .toList()));
            }
            if (parts > 0 && !frames.isEmpty()) {
                assertThat(buckets).isNotEmpty();
                assertThat(buckets.getFirst().at())
                        .isLessThanOrEqualTo(frames.getFirst().at());
                assertThat(summary.since().orElseThrow())
                        .isLessThanOrEqualTo(frames.getFirst().at());
                assertThat(summary.until().orElseThrow())
                        .isGreaterThan(frames.getLast().at());
            }
        }
    }

    private static List<Gap> gapsOf(Traffic traffic, MessageFilter filter) {
        Optional<Frame> any = traffic.frames().stream()
                .filter(frame -> frame.connection().id().equals(filter.connection()))
                .filter(frame -> frame.at() >= filter.since() && frame.at() < filter.until())
                .filter(frame -> filter.direction() == null || filter.direction() == frame.direction())
                .filter(frame -> filter.endpoint() == null
                        || filter.endpoint().equals(frame.connection().endpoint()))
                .findAny();
        if (filter.connection() != null && any.isEmpty()) {
            return List.of();
        }
        String endpoint = filter.connection() == null
                ? filter.endpoint()
                : any.orElseThrow().connection().endpoint();
        return traffic.events().stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .filter(gap -> gap.at() >= filter.since() && gap.at() < filter.until())
                .filter(gap -> endpoint == null || gap.endpoint().equals(endpoint))
                .toList();
    }

    private static Sums sums(List<Frame> frames, List<Gap> gaps) {
        long[] in = {0, 0};
        long[] out = {0, 0};
        for (Frame frame : frames) {
            long[] way = frame.direction() == Direction.IN ? in : out;
            way[0]++;
            way[1] += frame.bytes();
        }
        return new Sums(
                in[0],
                in[1],
                out[0],
                out[1],
                gaps.stream().mapToLong(Gap::missed).sum());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void countsNothingOlderThanTheTimeItReached(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll @IntRange(min = 0, max = 6) int stretches) {
        try (HistoryStore store = filled(traffic)) {
            Sums all = store.summary(filter, 0, Deadline.NEVER).sums();
            Summary part = store.summary(filter, 0, after(stretches));
            if (part.complete()) {
                assertThat(part.sums()).isEqualTo(all);
            } else {
                long frames = part.sums().framesIn() + part.sums().framesOut();
                assertThat(frames).isLessThanOrEqualTo(all.framesIn() + all.framesOut());
                assertThat(frames)
                        .isGreaterThanOrEqualTo(traffic.frames().stream()
                                .filter(frame -> filter.matches(frame)
                                        && frame.at() > part.searchedTo().getAsLong())
                                .count());
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void readingPassesOverNothingThatIsMeant(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll("ids") long after,
            @ForAll @IntRange(min = 1, max = 50) int max) {
        try (HistoryStore store = filled(traffic)) {
            List<TrafficEvent> read = new ArrayList<>();
            long at = after;
            while (at < traffic.latest()) {
                Reading step = store.read(filter, at, traffic.latest(), max);
                assertThat(step.upTo()).isGreaterThan(at);
                assertThat(step.events()).hasSizeLessThanOrEqualTo(max);
                read.addAll(step.events());
                at = step.upTo();
            }
            assertThat(read).extracting(TrafficEvent::id).isSorted().doesNotHaveDuplicates();
            assertThat(traffic.events()).containsAll(read);
            assertThat(read)
                    .containsAll(traffic.events().stream()
                            .filter(event -> event.lastId() > after)
                            .filter(event -> filter.admits(event)
                                    || (event instanceof Gap gap
                                            && gapsOf(traffic, filter).contains(gap)))
                            .toList());
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void pagesTowardsTheNewerHoldEveryMessageOnceWhereverTimeCutsThemShort(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter filter,
            @ForAll("ids") long first,
            @ForAll boolean hurried,
            @ForAll @IntRange(min = 1, max = 20) int limit) {
        try (HistoryStore store = filled(traffic)) {
            long after = Math.min(first, traffic.latest());
            List<Frame> found = new ArrayList<>();
            long reached = after;
            long before;
            do {
                before = reached;
                NewerMessages page = new ForwardSearch(
                                store, filter, before, traffic.latest(), limit, () -> hurried ? 0 : Long.MAX_VALUE)
                        .page();
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                found.addAll(page.items().reversed());
                reached = page.reached();
            } while (reached > before);
            assertThat(texts(found))
                    .isEqualTo(texts(traffic.frames().stream()
                            .filter(frame -> filter.matches(frame) && frame.id() > after)
                            .toList()));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void findsTheEventsThatAPlainSearchFinds(
            @ForAll("traffic") Traffic traffic,
            @ForAll("filters") MessageFilter like,
            @ForAll("ids") long before,
            @ForAll @IntRange(min = 1, max = 20) int limit) {
        EventFilter filter = new EventFilter(like.endpoint(), like.connection(), like.since(), like.until());
        try (HistoryStore store = filled(traffic)) {
            List<LifeCycle> expected = traffic.events().stream()
                    .filter(LifeCycle.class::isInstance)
                    .map(LifeCycle.class::cast)
                    .filter(event -> filter.matches(event) && event.id() < before)
                    .sorted(Comparator.comparingLong(LifeCycle::id).reversed())
                    .toList();
            EventPage page = store.events(filter, before, limit);
            assertThat(page.items()).isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(page.next())
                    .isEqualTo(
                            expected.size() > limit
                                    ? OptionalLong.of(expected.get(limit - 1).id())
                                    : OptionalLong.empty());
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void findsEachMessageByItsIdAndNothingByOthers(@ForAll("traffic") Traffic traffic) {
        try (HistoryStore store = filled(traffic)) {
            for (long id = 995; id < traffic.latest() + 5; id++) {
                long wanted = id;
                Optional<String> expected = traffic.frames().stream()
                        .filter(frame -> frame.id() == wanted)
                        .findFirst()
                        .map(HistoryStoreContract::text);
                assertThat(store.message(id).map(HistoryStoreContract::text)).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void readsEverythingInOrderStepByStep(
            @ForAll("traffic") Traffic traffic,
            @ForAll("ids") long after,
            @ForAll("ids") long to,
            @ForAll @IntRange(min = 1, max = 50) int max) {
        try (HistoryStore store = filled(traffic)) {
            List<TrafficEvent> read = new ArrayList<>();
            long at = after;
            long end = Math.min(to, traffic.latest());
            do {
                Reading step = store.read(at, to, max);
                assertThat(step.forgotten()).isZero();
                assertThat(step.events()).hasSizeLessThanOrEqualTo(max);
                if (at < end) {
                    assertThat(step.upTo()).isGreaterThan(at);
                }
                read.addAll(step.events());
                at = step.upTo();
            } while (at < end);
            assertThat(read.stream().map(Traffic::text))
                    .isEqualTo(traffic.events().stream()
                            .filter(event -> event.lastId() > after && event.id() <= to)
                            .map(Traffic::text)
                            .toList());
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void forgetsExactlyTheMessagesThatMatch(
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
    void goesOnAfterForgetting(
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
    void forgettingTheRestOfAllMessagesLeavesLifeCycleEventsOnly() {
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
    void givesUpTheBytesOfWhatItForgets() {
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

    @Test
    void recordsAndHasAlwaysDoneSo() {
        try (HistoryStore store = filled(new Traffic())) {
            assertThat(store.status().outage()).isEmpty();
            assertThat(store.status().lastRun()).isEmpty();
            assertThat(store.status().kind()).isNotBlank();
        }
    }

    @Test
    void knowsWhenTheOldestAndTheNewestHappened() {
        Traffic traffic = new Traffic();
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, traffic::now)) {
            assertThat(store.bounds().oldestAt()).isEmpty();
            assertThat(store.bounds().newestAt()).isEmpty();
            long first = traffic.now();
            traffic.receive(METER, "one");
            traffic.pass(5);
            traffic.receive(METER, "two");
            append(store, traffic.events());
            assertThat(store.bounds().oldestAt()).hasValue(first);
            assertThat(store.bounds().newestAt()).hasValue(first + 5);
        }
    }

    @Test
    void dropsTheOldestToStayWithinItsSizeAndSaysHowManyFramesThatWere() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 20_000; i++) {
            traffic.receive(METER, "message " + i);
        }
        try (HistoryStore store = filled(traffic)) {
            HistoryBounds bounds = store.bounds();
            assertThat(bounds.bytes()).isLessThanOrEqualTo(MAX_BYTES).isGreaterThan(MAX_BYTES / 2);
            assertThat(bounds.newest()).isEqualTo(traffic.latest());
            assertThat(bounds.oldest()).isGreaterThan(1000);
            assertThat(store.message(1000)).isEmpty();
            assertThat(store.message(bounds.oldest())).isPresent();
            assertThat(store.message(traffic.latest())).isPresent();

            Reading fromTheBeginning = store.read(0, Long.MAX_VALUE, 10);
            assertThat(fromTheBeginning.events().getFirst().id()).isEqualTo(bounds.oldest());
            assertThat(fromTheBeginning.forgotten()).isEqualTo(20_000 - bounds.frames());
            assertThat(store.read(bounds.oldest() - 11, Long.MAX_VALUE, 10).forgotten())
                    .isEqualTo(10);
            assertThat(store.read(bounds.oldest() - 1, Long.MAX_VALUE, 10).forgotten())
                    .isZero();
        }
    }

    @Test
    void holdsAnEventLargerThanItsBoundUntilTheNextComes() {
        Traffic traffic = new Traffic();
        traffic.receive(METER, "x".repeat((int) MAX_BYTES * 2));
        try (HistoryStore store = filled(traffic)) {
            assertThat(store.message(1000)).isPresent();
            Frame next = traffic.receive(METER, "next");
            store.append(List.of(traffic.events().getLast()));
            assertThat(store.message(1000)).isEmpty();
            assertThat(store.message(next.id())).isPresent();
        }
    }

    @Test
    void dropsWhatIsTooOldWhetherOrNotAnythingIsAppended() {
        Traffic traffic = new Traffic();
        AtomicLong clock = new AtomicLong(traffic.now());
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, clock::get)) {
            traffic.receive(METER, "old");
            traffic.pass(MAX_AGE.toNanos() / 2);
            Frame young = traffic.receive(METER, "young");
            append(store, traffic.events());

            clock.addAndGet(MAX_AGE.toNanos() + MAX_AGE.toNanos() / 4);
            store.trim();
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).items())
                    .extracting(Frame::id)
                    .containsExactly(young.id());

            clock.addAndGet(MAX_AGE.toNanos());
            store.trim();
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).items())
                    .isEmpty();
            assertThat(store.bounds().bytes()).isZero();
            assertThat(store.read(0, Long.MAX_VALUE, 10).forgotten()).isEqualTo(2);
        }
    }

    @Test
    @Timeout(60)
    void canBeAskedWhileItIsAppendedTo() throws Exception {
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

    private static Traffic imported(Import target, int messages) throws ImportTooLargeException {
        Traffic traffic = new Traffic(target.firstId());
        traffic.event("lab", LAB, LifeCycle.Kind.ACCEPTED);
        for (int i = 0; i < messages; i++) {
            traffic.receive(LAB, "imported " + i);
        }
        traffic.gap("lab", 3);
        traffic.event("lab", LAB, LifeCycle.Kind.CLOSED);
        int from = 0;
        for (int portion = 1; from < traffic.events().size(); portion = portion * 3 % 50 + 1) {
            int to = Math.min(traffic.events().size(), from + portion);
            target.append(List.copyOf(traffic.events().subList(from, to)));
            from = to;
        }
        return traffic;
    }

    /** As much as a real id, unlike those of the other tests. */
    private static Traffic captured(int messages) {
        Traffic traffic = new Traffic(1_795_000_000_000_000L);
        for (int i = 0; i < messages; i++) {
            traffic.receive(METER, "captured " + i);
        }
        return traffic;
    }

    @Test
    void showsAnImportAfterWhatWasCapturedAndOnlyOnceItIsCommitted() throws Exception {
        Traffic captured = captured(20);
        try (HistoryStore store = filled(captured)) {
            List<Frame> expected = new ArrayList<>(captured.frames());
            try (Import first = store.beginImport();
                    Import second = store.beginImport()) {
                assertThat(first.firstId()).isEqualTo(1_000_100_000_000_000L);
                assertThat(second.firstId()).isEqualTo(1_000_200_000_000_000L);
                expected.addAll(0, imported(second, 30).frames());
                Traffic earlier = imported(first, 10);
                assertThat(allOf(store)).isEqualTo(texts(newestFirst(captured.frames())));
                second.commit();
                assertThat(allOf(store)).isEqualTo(texts(newestFirst(expected)));
                first.commit();
                expected.addAll(0, earlier.frames());
            }
            assertThat(allOf(store)).isEqualTo(texts(newestFirst(expected)));
            for (Frame frame : expected) {
                assertThat(store.message(frame.id()))
                        .map(HistoryStoreContract::text)
                        .contains(text(frame));
            }
            MessageFilter lab = new MessageFilter("lab", null, null, null, List.of());
            assertThat(store.messages(lab, Long.MAX_VALUE, 1000).items()).hasSize(40);
            assertThat(store.messages(lab, Long.MAX_VALUE, 1000).captureGap()).isEqualTo(6);
            assertThat(store.bounds().frames()).isEqualTo(60);
            assertThat(store.bounds().newest()).isEqualTo(captured.latest());
        }
    }

    /** By pages, so that these are looked at, too. */
    private static List<String> allOf(HistoryStore store) {
        List<Frame> found = new ArrayList<>();
        OptionalLong before = OptionalLong.of(Long.MAX_VALUE);
        while (before.isPresent()) {
            MessagePage page = store.messages(MessageFilter.ALL, before.getAsLong(), 7);
            found.addAll(page.items());
            before = page.next();
        }
        return texts(found);
    }

    @Test
    void forgetsAnImportThatWasNotCommitted() throws Exception {
        Traffic captured = captured(5);
        try (HistoryStore store = filled(captured)) {
            try (Import target = store.beginImport()) {
                imported(target, 1000);
            }
            assertThat(allOf(store)).isEqualTo(texts(newestFirst(captured.frames())));
            for (int i = 0; i < 20; i++) {
                // What was given up takes no room.
                try (Import target = store.beginImport()) {
                    imported(target, 1000);
                }
            }
        }
    }

    @Test
    void keepsAnImportWhateverItsAgeAndHoweverMuchIsCaptured() throws Exception {
        AtomicLong clock = new AtomicLong(1_000_000);
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, clock::get)) {
            Traffic lab;
            try (Import target = store.beginImport()) {
                lab = imported(target, 500);
                target.commit();
            }
            clock.addAndGet(MAX_AGE.toNanos() * 3);
            Traffic captured = new Traffic(1_795_000_000_000_000L);
            captured.pass(MAX_AGE.toNanos() * 3);
            for (int i = 0; i < 20_000; i++) {
                captured.receive(METER, "captured " + i);
            }
            append(store, captured.events());
            store.trim();

            MessageFilter filter = new MessageFilter("lab", null, null, null, List.of());
            assertThat(texts(store.messages(filter, Long.MAX_VALUE, 1000).items()))
                    .isEqualTo(texts(newestFirst(lab.frames())));
            assertThat(store.bounds().bytes()).isLessThanOrEqualTo(MAX_BYTES);
            assertThat(store.message(captured.latest())).isPresent();

            // Each frame that was dropped is told of once, wherever the reader stops on the way.
            long forgotten = 0;
            long at = 0;
            while (at < captured.latest()) {
                Reading step = store.read(at, Long.MAX_VALUE - 1, 100);
                forgotten += step.forgotten();
                at = step.upTo();
            }
            assertThat(forgotten).isEqualTo(20_500 - store.bounds().frames());
        }
    }

    @Test
    void refusesAnImportThatTakesMoreThanHalfOfTheBound() throws Exception {
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, () -> 1_000_000)) {
            assertThat(store.maxBytes()).isPositive();
            try (Import target = store.beginImport()) {
                assertThatThrownBy(() -> imported(target, 100_000))
                        .isInstanceOf(ImportTooLargeException.class)
                        .hasMessageContaining("switchboard.history.max-bytes");
            }
            assertThat(allOf(store)).isEmpty();
            try (Import target = store.beginImport()) {
                imported(target, 1000);
                target.commit();
            }
            assertThat(allOf(store)).hasSize(1000);
        }
    }

    @Test
    void forgetsAnImportWholeWhenOnlyItsEndpointIsNamed() throws Exception {
        Traffic captured = captured(5);
        captured.event("meter", METER, LifeCycle.Kind.CLOSED);
        try (HistoryStore store = filled(captured)) {
            try (Import target = store.beginImport()) {
                imported(target, 300);
                target.commit();
            }
            EventFilter ofLab = new EventFilter("lab", null, Long.MIN_VALUE, Long.MAX_VALUE);
            MessageFilter outgoing = new MessageFilter("lab", null, Direction.OUT, null, List.of());
            assertThat(store.delete(outgoing, Long.MAX_VALUE)).isZero();
            assertThat(store.events(ofLab, Long.MAX_VALUE, 10).items()).hasSize(2);

            MessageFilter lab = new MessageFilter("lab", null, null, null, List.of());
            assertThat(store.delete(lab, Long.MAX_VALUE)).isEqualTo(300);
            assertThat(store.events(ofLab, Long.MAX_VALUE, 10).items()).isEmpty();
            List<TrafficEvent> left = store.read(0, Long.MAX_VALUE, 1000).events();
            assertThat(texts(Traffic.frames(left))).isEqualTo(texts(captured.frames()));
            assertThat(left.getLast()).isEqualTo(captured.events().getLast());
            try (Import again = store.beginImport()) {
                imported(again, 1500);
                again.commit();
            }
        }
    }

    private static List<Frame> newestFirst(List<Frame> frames) {
        return frames.reversed();
    }

    private static List<String> texts(List<Frame> frames) {
        return frames.stream().map(HistoryStoreContract::text).toList();
    }

    /** All of a frame that a reader can see; where its bytes lie may differ. */
    private static String text(Frame frame) {
        return frame.id() + " " + frame.at() + " " + frame.connection().id() + " " + frame.direction() + " "
                + frame.origin() + " " + frame.complete() + " " + frame.wireBytes() + " "
                + new String(frame.payload(), UTF_8);
    }
}
