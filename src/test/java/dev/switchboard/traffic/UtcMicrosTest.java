package dev.switchboard.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UtcMicrosTest {

    @Property
    void readsWhatItWroteDownToTheMicrosecond(@ForAll long nanos) {
        String text = UtcMicros.format(nanos);
        assertThat(text).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        long cut = Math.floorDiv(nanos, 1000L) * 1000;
        if (cut <= nanos) {
            assertThat(UtcMicros.parse(text)).isEqualTo(cut);
        }
    }

    @Test
    void writesSixDigitsEvenOfAWholeSecond() {
        assertThat(UtcMicros.format(1_785_585_600_000_000_000L)).isEqualTo("2026-08-01T12:00:00.000000Z");
        assertThat(UtcMicros.format(1_785_585_600_123_456_999L)).isEqualTo("2026-08-01T12:00:00.123456Z");
    }

    @Test
    void readsAnyOffset() {
        assertThat(UtcMicros.parse("2026-08-01T14:00:00+02:00")).isEqualTo(1_785_585_600_000_000_000L);
        assertThat(UtcMicros.parse("2026-08-01T12:00Z")).isEqualTo(1_785_585_600_000_000_000L);
    }

    @Test
    void takesFarTimesForNoBound() {
        assertThat(UtcMicros.parse("9999-12-31T23:59:59Z")).isEqualTo(Long.MAX_VALUE);
        assertThat(UtcMicros.parse("0001-01-01T00:00:00Z")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void refusesWhatHasNoOffset() {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> UtcMicros.parse("2026-08-01T12:00:00"));
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> UtcMicros.parse("yesterday"));
    }
}
