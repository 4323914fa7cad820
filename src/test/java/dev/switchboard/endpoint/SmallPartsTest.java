package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.traffic.Outgoing.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SmallPartsTest {

    // ------------------------------------------------------------------ DurationText

    @Example
    void readsDurations() {
        assertThat(DurationText.parse("f", "250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(DurationText.parse("f", " 2s ")).isEqualTo(Duration.ofSeconds(2));
        assertThat(DurationText.parse("f", "5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(DurationText.parse("f", "0s")).isZero();
    }

    @Example
    void refusesWhatIsNoDurationNamingTheField() {
        for (String text : List.of("", "2", "s", "-1s", "1h", "1.5s", "1 s", "PT2S", "1234567890ms", "٣s")) {
            assertThatThrownBy(() -> DurationText.parse("interval", text))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.errors())
                                    .extracting(FieldError::field)
                                    .containsExactly("interval"));
        }
    }

    @Property(tries = 100)
    void whatIsWrittenCanBeRead(@ForAll @IntRange(max = 10_000_000) int millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(DurationText.parse("f", DurationText.of(duration))).isEqualTo(duration);
    }

    // ------------------------------------------------------------------ Backoff

    @Example
    void waitsTwiceAsLongEachTimeUpToABound() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));
        assertThat(Stream.generate(() -> backoff.next().toMillis()).limit(5))
                .containsExactly(200L, 400L, 800L, 1000L, 1000L);
        assertThat(backoff.attempts()).isEqualTo(5);
        backoff.reset();
        assertThat(backoff.attempts()).isZero();
        assertThat(backoff.next().toMillis()).isEqualTo(200);
    }

    @Example
    void neverWaitsLongerThanTheBoundNotEvenAtFirst() {
        assertThat(new Backoff(Duration.ofMillis(200), Duration.ofMillis(50)).next())
                .isEqualTo(Duration.ofMillis(50));
    }

    // ------------------------------------------------------------------ SendGate

    @Example
    void whatIsLargerThanTheBoundPassesOnlyAlone() {
        SendGate gate = new SendGate("c", 1_000);
        assertThat(gate.enter(5_000, 0)).isTrue();
        assertThat(gate.enter(1, 0)).isFalse();
        gate.settling(Receipt.NONE, 5_000).sent(1, 5_000);
        assertThat(gate.enter(1, 0)).isTrue();
        assertThat(gate.enter(5_000, 0)).isFalse();
    }

    @Example
    void whatIsSentOnTheLoopAndWhatIsHandedOverShareOneBound() {
        SendGate gate = new SendGate("c", 1_000);
        assertThat(gate.enter(300, 0)).isTrue();
        assertThat(gate.hasRoom(300, 0)).isTrue();
        assertThat(gate.hasRoom(300, 500)).isFalse();
        assertThat(gate.enter(300, 500)).isFalse();
        assertThat(gate.enter(300, 0)).isTrue();
        assertThat(gate.full(500)).hasMessageContaining("1228");
    }

    @Example
    void emptyPayloadsTakeRoomToo() {
        SendGate gate = new SendGate("c", 1_000);
        long entered = Stream.generate(() -> gate.enter(0, 0))
                .limit(10_000)
                .filter(in -> in)
                .count();
        assertThat(entered).isBetween(1L, 1_000L / SendQueue.FRAME_COST);
    }

    @Example
    void roomIsMadeHoweverItEnds() {
        SendGate gate = new SendGate("c", 100);
        for (int i = 0; i < 1_000; i++) {
            assertThat(gate.enter(30, 0)).isTrue();
            Receipt receipt = gate.settling(Receipt.NONE, 30);
            if (i % 2 == 0) {
                receipt.sent(i, 31);
            } else {
                receipt.failed(new java.io.IOException("no"));
            }
        }
    }

    // ------------------------------------------------------------------ Order

    @Example
    void anOrderHasItsBounds() {
        assertThat(Order.of(new byte[0], dev.switchboard.traffic.Origin.OPERATOR)
                        .repeat())
                .isEqualTo(1);
        assertThatThrownBy(() -> new Order(
                        new byte[0],
                        dev.switchboard.traffic.Origin.OPERATOR,
                        java.util.Optional.empty(),
                        java.util.Optional.of(Duration.ofMinutes(6)),
                        1,
                        Duration.ZERO))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("awaitReply");
    }
}
