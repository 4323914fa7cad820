package dev.switchboard.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the soak takes for growth. */
class VitalsTest {

    private static final Vitals BEFORE = new Vitals(80_000_000, 38, 185);

    @Test
    void whatComesAndGoesIsNoGrowth() {
        assertThat(BEFORE.grewTo(new Vitals(90_000_000, 40, 187))).isEmpty();
        assertThat(BEFORE.grewTo(new Vitals(10_000_000, 10, 100))).isEmpty();
    }

    @Test
    void moreHeapThreadsOrDescriptorsIs() {
        assertThat(BEFORE.grewTo(new Vitals(100_000_000, 38, 185)))
                .hasValueSatisfying(told -> assertThat(told).contains("heap 80.0 MB", "heap 100.0 MB"));
        assertThat(BEFORE.grewTo(new Vitals(80_000_000, 50, 185))).isPresent();
        assertThat(BEFORE.grewTo(new Vitals(80_000_000, 38, 200))).isPresent();
    }

    @Test
    void oneOddSampleIsNotTypical() {
        Vitals odd = new Vitals(400_000_000, 90, 900);
        assertThat(Vitals.typical(List.of(BEFORE, odd, BEFORE))).isEqualTo(BEFORE);
    }
}
