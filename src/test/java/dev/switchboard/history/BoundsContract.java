package dev.switchboard.history;

import static dev.switchboard.history.HistoryStoreContract.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is there, and what goes to make room. */
interface BoundsContract extends HistoryStoreContract {

    @Test
    default void recordsAndHasAlwaysDoneSo() {
        try (HistoryStore store = filled(new Traffic())) {
            assertThat(store.status().outage()).isEmpty();
            assertThat(store.status().lastRun()).isEmpty();
            assertThat(store.status().kind()).isNotBlank();
        }
    }

    @Test
    default void knowsWhenTheOldestAndTheNewestHappened() {
        Traffic traffic = new Traffic();
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, traffic::now)) {
            assertThat(store.bounds().oldestAt()).isEmpty();
            assertThat(store.bounds().newestAt()).isEmpty();
            long first = traffic.now();
            traffic.receive(METER, "one");
            traffic.pass(5);
            traffic.receive(METER, "two");
            append(store, traffic.events());
            assertThat(store.bounds().oldestAt()).hasValue(first);
            assertThat(store.bounds().newestAt()).hasValue(first + 5);
        }
    }

    @Test
    default void dropsTheOldestToStayWithinItsSizeAndSaysHowManyFramesThatWere() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 20_000; i++) {
            traffic.receive(METER, "message " + i);
        }
        try (HistoryStore store = filled(traffic)) {
            HistoryBounds bounds = store.bounds();
            assertThat(bounds.bytes()).isLessThanOrEqualTo(MAX_BYTES).isGreaterThan(MAX_BYTES / 2);
            assertThat(bounds.newest()).isEqualTo(traffic.latest());
            assertThat(bounds.oldest()).isGreaterThan(1000);
            assertThat(store.message(1000)).isEmpty();
            assertThat(store.message(bounds.oldest())).isPresent();
            assertThat(store.message(traffic.latest())).isPresent();

            Reading fromTheBeginning = store.read(0, Long.MAX_VALUE, 10);
            assertThat(fromTheBeginning.events().getFirst().id()).isEqualTo(bounds.oldest());
            assertThat(fromTheBeginning.forgotten()).isEqualTo(20_000 - bounds.frames());
            assertThat(store.read(bounds.oldest() - 11, Long.MAX_VALUE, 10).forgotten())
                    .isEqualTo(10);
            assertThat(store.read(bounds.oldest() - 1, Long.MAX_VALUE, 10).forgotten())
                    .isZero();
        }
    }

    @Test
    default void holdsAnEventLargerThanItsBoundUntilTheNextComes() {
        Traffic traffic = new Traffic();
        traffic.receive(METER, "x".repeat((int) MAX_BYTES * 2));
        try (HistoryStore store = filled(traffic)) {
            assertThat(store.message(1000)).isPresent();
            Frame next = traffic.receive(METER, "next");
            store.append(List.of(traffic.events().getLast()));
            assertThat(store.message(1000)).isEmpty();
            assertThat(store.message(next.id())).isPresent();
        }
    }

    @Test
    default void dropsWhatIsTooOldWhetherOrNotAnythingIsAppended() {
        Traffic traffic = new Traffic();
        AtomicLong clock = new AtomicLong(traffic.now());
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, clock::get)) {
            traffic.receive(METER, "old");
            traffic.pass(MAX_AGE.toNanos() / 2);
            Frame young = traffic.receive(METER, "young");
            append(store, traffic.events());

            clock.addAndGet(MAX_AGE.toNanos() + MAX_AGE.toNanos() / 4);
            store.trim();
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).items())
                    .extracting(Frame::id)
                    .containsExactly(young.id());

            clock.addAndGet(MAX_AGE.toNanos());
            store.trim();
            assertThat(store.messages(MessageFilter.ALL, Long.MAX_VALUE, 10).items())
                    .isEmpty();
            assertThat(store.bounds().bytes()).isZero();
            assertThat(store.read(0, Long.MAX_VALUE, 10).forgotten()).isEqualTo(2);
        }
    }
}
