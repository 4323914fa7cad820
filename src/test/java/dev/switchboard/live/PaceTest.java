package dev.switchboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Property
    void allTogetherGetFourHundredBatchesASecondAtTheMostAndOneNoMoreThanTwenty(
            @ForAll @IntRange(max = 10_000) int browsers) {
        long tick = new Pace(() -> browsers).tick();
        assertThat(tick).isGreaterThanOrEqualTo(SECOND / 20);
        assertThat((double) SECOND / tick * browsers).isLessThanOrEqualTo(400.001);
    }

    @Property
    void whoeverWasSentSomethingInATickIsDueAtItsEnd(
            @ForAll long last, @ForAll @IntRange(min = 1, max = 500) int browsers) {
        long moment = last / 2;
        Pace pace = new Pace(() -> browsers);
        long due = pace.dueAfter(moment);
        assertThat(due - moment).isBetween(1L, pace.tick());
        assertThat(Math.floorMod(due, pace.tick())).isZero();
        assertThat(pace.dueAfter(due - 1)).isEqualTo(due);
    }
}
