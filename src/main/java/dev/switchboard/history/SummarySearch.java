package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what is meant, newest first. Where only endpoint, direction and time count, a stretch that lies within one
 * part of the range is known by its index; the others are opened. It remembers how far it came, so where a stretch is
 * gone it goes on in a newer view. Used by one thread.
 */
final class SummarySearch {

    private final SearchPool pool;
    private final MessageFilter filter;
    private final int parts;
    private final Deadline deadline;

    /** Known once the first view was looked at; the range does not change any more then. */
    private @Nullable Plan plan;

    private Sums[] sums = {};

    /** What was to be looked at in the last view. */
    private final List<Stretch> candidates = new ArrayList<>();

    /** Time was up while the range was still looked for. */
    private boolean late;

    /** Everything from this id on is counted. */
    private long reached;

    SummarySearch(SearchPool pool, MessageFilter filter, int parts, Deadline deadline) {
        this.pool = pool;
        this.filter = filter;
        this.parts = parts;
        this.deadline = deadline;
    }

    /**
     * What is to be counted where.
     *
     * @param gaps null where nobody knows whose they are: the filter names a connection of which there is nothing
     */
    private record Plan(
            OptionalLong since,
            OptionalLong until,
            Grid grid,
            @Nullable Gaps gaps) {

        int part(long at) {
            return grid.size() == 0 ? 0 : grid.at(at);
        }
    }

    /** @throws Stretch.GoneException to be called again, with a newer view */
    Summary in(StoreView view) {
        Plan counting = plan;
        if (counting == null) {
            counting = plan(view);
            plan = counting;
            sums = new Sums[Math.max(1, counting.grid().size())];
            Arrays.fill(sums, Sums.NONE);
            reached = view.newest() + 1;
        }
        Stretch untaken = count(view, counting);
        // Where the range was not found in time, whose gaps to count may be unknown: that is not complete either.
        OptionalLong searchedTo = late ? counting.since() : OptionalLong.empty();
        searchedTo = untaken == null ? searchedTo : StoreView.newestAt(candidates, untaken);
        Sums all = Arrays.stream(sums).reduce(Sums.NONE, Sums::plus);
        List<Summary.Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counting.grid().size(); i++) {
            buckets.add(new Summary.Bucket(counting.grid().begin(i), sums[i]));
        }
        return new Summary(all, counting.since(), counting.until(), buckets, searchedTo);
    }

    private Plan plan(StoreView view) {
        // Whatever is looked for inside of messages, the range stays: what was found is seen against all there is.
        MessageFilter outside = new MessageFilter(
                filter.endpoint(),
                filter.connection(),
                filter.direction(),
                null,
                List.of(),
                filter.since(),
                filter.until());
        List<Stretch> stretches = view.newestFirst(outside, Long.MAX_VALUE);
        Frame newest = first(stretches, outside, true);
        Frame oldest = newest == null ? null : first(stretches.reversed(), outside, false);
        OptionalLong since = OptionalLong.empty();
        OptionalLong until = OptionalLong.empty();
        boolean imported = oldest != null && ImportIds.imported(oldest.id());
        if (late || imported) {
            // Wide enough for all that could be found: imports are of any time, whatever their ids.
            since = stretches.stream()
                    .mapToLong(stretch -> stretch.outline().firstAt())
                    .min();
            until = stretches.stream()
                    .mapToLong(stretch -> stretch.outline().lastAt() + 1)
                    .max();
        } else if (newest != null && oldest != null) {
            since = OptionalLong.of(oldest.at());
            until = OptionalLong.of(newest.at() + 1);
        }
        since = filter.since() == Long.MIN_VALUE ? since : OptionalLong.of(filter.since());
        until = filter.until() == Long.MAX_VALUE ? until : OptionalLong.of(filter.until());
        Grid grid = since.isPresent() && until.isPresent()
                ? Grid.over(since.getAsLong(), until.getAsLong(), parts)
                : Grid.NONE;
        String endpoint = filter.connection() == null
                ? filter.endpoint()
                : newest == null ? null : newest.connection().endpoint();
        Gaps gaps = filter.connection() != null && endpoint == null
                ? null
                : new Gaps(endpoint, filter.since(), filter.until(), Long.MIN_VALUE, Long.MAX_VALUE);
        return new Plan(since, until, grid, gaps);
    }

    /** The first frame that is meant, from the newer or the older end of the stretches; mostly in the first of them. */
    private @Nullable Frame first(List<Stretch> stretches, MessageFilter outside, boolean newest) {
        for (Stretch stretch : stretches) {
            if (deadline.left() <= 0) {
                late = true;
                return null;
            }
            Outline.Index index = stretch.outline().index();
            if (index != null
                    && index.sums(outside.endpoint())
                            .frames(outside.direction())
                            .equals(Sums.NONE)) {
                continue;
            }
            Segment segment = stretch.load(outside);
            for (int i = 0; i < segment.size(); i++) {
                TrafficEvent event = segment.events()[newest ? segment.size() - 1 - i : i];
                if (event.frames() > 0 && outside.admits(event)) {
                    return event.frame(newest ? event.frames() - 1 : 0);
                }
            }
        }
        return null;
    }

    private @Nullable Stretch count(StoreView view, Plan counting) {
        candidates.clear();
        for (Stretch stretch : view.newestFirst(MessageFilter.ALL, reached)) {
            if (stretch.outline().mayHold(filter) || mayHoldGaps(stretch.outline(), counting)) {
                candidates.add(stretch);
            }
        }
        long bound = reached;
        return pool.search(
                candidates,
                filter.searches(),
                deadline,
                (stretch, unwanted) -> count(stretch, counting, bound, unwanted),
                this::take);
    }

    private static boolean mayHoldGaps(Outline outline, Plan counting) {
        return counting.gaps() != null
                && outline.tally().gaps() > 0
                && counting.gaps().touches(outline);
    }

    private boolean take(Stretch stretch, Sums[] found) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i].plus(found[i]);
        }
        reached = Math.min(reached, stretch.outline().firstId());
        return true;
    }

    private Sums[] count(Stretch stretch, Plan counting, long bound, AtomicBoolean unwanted) {
        Outline outline = stretch.outline();
        Sums[] counted = new Sums[sums.length];
        Arrays.fill(counted, Sums.NONE);
        boolean framesHere = outline.mayHold(filter);
        Gaps gaps = mayHoldGaps(outline, counting) ? counting.gaps() : null;
        if (outline.index() != null && inOnePart(outline, counting, bound)) {
            int part = counting.part(outline.firstAt());
            if (gaps != null) {
                counted[part] =
                        Sums.missing(outline.index().sums(gaps.endpoint()).missed());
                gaps = null;
            }
            if (framesHere && filter.wholesale() && filter.connection() == null) {
                counted[part] = counted[part].plus(
                        outline.index().sums(filter.endpoint()).frames(filter.direction()));
                framesHere = false;
            }
        }
        if (framesHere || gaps != null) {
            count(gaps == null ? stretch.load(filter) : stretch.load(), gaps, counting, bound, counted, unwanted);
        }
        return counted;
    }

    private boolean inOnePart(Outline outline, Plan counting, long bound) {
        return outline.lastId() < bound
                && outline.firstAt() >= filter.since()
                && outline.lastAt() < filter.until()
                && counting.part(outline.firstAt()) == counting.part(outline.lastAt());
    }

    private void count(
            Segment segment, @Nullable Gaps gaps, Plan counting, long bound, Sums[] counted, AtomicBoolean unwanted) {
        for (int i = 0; i < segment.size() && !unwanted.get(); i++) {
            TrafficEvent event = segment.events()[i];
            if (event.id() >= bound) {
                return;
            }
            int part = counting.part(event.at());
            if (event instanceof Gap gap) {
                if (gaps != null && gaps.has(gap)) {
                    counted[part] = counted[part].plus(Sums.missing(gap.missed()));
                }
            } else if (filter.admits(event)) {
                counted[part] = counted[part].plus(frames(event, bound));
            }
        }
    }

    private Sums frames(TrafficEvent event, long bound) {
        if (filter.wholesale() && event.lastId() < bound) {
            return SumsBuilder.of(event);
        }
        Sums found = Sums.NONE;
        for (int i = 0; i < event.frames(); i++) {
            Frame frame = event.frame(i);
            if (frame.id() < bound && filter.matchesWithin(frame)) {
                found = found.plus(frame);
            }
        }
        return found;
    }
}
