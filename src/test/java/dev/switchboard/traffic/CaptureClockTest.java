package dev.switchboard.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class CaptureClockTest {

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
}
