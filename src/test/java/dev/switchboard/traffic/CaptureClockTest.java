package dev.switchboard.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class CaptureClockTest {

    private static final long SECOND = 1_000_000_000;
    private static final long HOUR = 3_600 * SECOND;

    @Test
    void tellsNanosecondsSinceTheEpoch() {
        Instant before = Instant.now();
        long now = new CaptureClock().now();
        Instant told = Instant.ofEpochSecond(now / 1_000_000_000, now % 1_000_000_000);
        // A wall clock may be set while this runs, so no closer than that.
        assertThat(told)
                .isBetween(before.minus(1, ChronoUnit.HOURS), Instant.now().plus(1, ChronoUnit.HOURS));
    }

    @Test
    void neverStepsBack() {
        CaptureClock clock = new CaptureClock();
        long last = clock.now();
        for (int i = 0; i < 100_000; i++) {
            long now = clock.now();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    @Test
    void goesOnInOrderWhenTheWallClockIsSetBackAndComesToAgreeWithIt() {
        long[] nanos = {0};
        long[] set = {10 * HOUR};
        CaptureClock clock = new CaptureClock(() -> Instant.ofEpochSecond(0, set[0] + nanos[0]), () -> nanos[0]);
        long last = clock.now();
        set[0] -= HOUR;
        while (last > set[0] + nanos[0] || nanos[0] < 2 * SECOND) {
            nanos[0] += SECOND / 2;
            long now = clock.now();
            assertThat(now).isGreaterThan(last);
            last = now;
        }
        assertThat(nanos[0]).isBetween(HOUR, 2 * HOUR + 2 * SECOND);
        for (int i = 0; i < 10; i++) {
            nanos[0] += SECOND;
            assertThat(clock.now()).isEqualTo(set[0] + nanos[0]);
        }
    }

    @Test
    void followsTheWallClockWhenThatIsSetForward() {
        long[] nanos = {0};
        long[] set = {10 * HOUR};
        CaptureClock clock = new CaptureClock(() -> Instant.ofEpochSecond(0, set[0] + nanos[0]), () -> nanos[0]);
        set[0] += HOUR;
        nanos[0] += 2 * SECOND;
        assertThat(clock.now()).isEqualTo(set[0] + nanos[0]);
    }
}
