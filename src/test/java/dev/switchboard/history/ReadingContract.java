package dev.switchboard.history;

import static dev.switchboard.history.HistoryStoreContract.gapsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How everything is read from one end to the other. */
interface ReadingContract extends HistoryStoreContract {

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    default void readingPassesOverNothingThatIsMeant(
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
    default void readsEverythingInOrderStepByStep(
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
}
