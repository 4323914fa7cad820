package dev.switchboard.history;

import static dev.switchboard.history.HistoryStoreContract.after;
import static dev.switchboard.history.HistoryStoreContract.gapsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How messages are added up. */
interface SummaryContract extends HistoryStoreContract {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    default void addsUpWhatAPlainSumAddsUp(
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
    default void countsNothingOlderThanTheTimeItReached(
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
}
