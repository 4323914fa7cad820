package dev.switchboard.history;

import static dev.switchboard.history.HistoryStoreContract.after;
import static dev.switchboard.history.HistoryStoreContract.gapOf;
import static dev.switchboard.history.HistoryStoreContract.newestFirst;
import static dev.switchboard.history.HistoryStoreContract.text;
import static dev.switchboard.history.HistoryStoreContract.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How messages and events are found. */
interface SearchContract extends HistoryStoreContract {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    default void findsTheMessagesThatAPlainSearchFinds(
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

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    default void pagesTogetherHoldEveryMessageOnce(
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

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    default void pagesThatTimeCutShortTogetherHoldEveryMessageAndEveryGapOnce(
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

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    default void pagesTowardsTheNewerHoldEveryMessageOnceWhereverTimeCutsThemShort(
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
    default void findsTheEventsThatAPlainSearchFinds(
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
    default void findsEachMessageByItsIdAndNothingByOthers(@ForAll("traffic") Traffic traffic) {
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
}
