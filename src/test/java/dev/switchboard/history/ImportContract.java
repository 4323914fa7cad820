package dev.switchboard.history;

import static dev.switchboard.history.HistoryStoreContract.append;
import static dev.switchboard.history.HistoryStoreContract.newestFirst;
import static dev.switchboard.history.HistoryStoreContract.text;
import static dev.switchboard.history.HistoryStoreContract.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How traffic from elsewhere is kept. */
interface ImportContract extends HistoryStoreContract {

    private static Traffic imported(Import target, int messages) throws ImportTooLargeException {
        Traffic traffic = new Traffic(target.firstId());
        traffic.event("lab", LAB, LifeCycle.Kind.ACCEPTED);
        for (int i = 0; i < messages; i++) {
            traffic.receive(LAB, "imported " + i);
        }
        traffic.gap("lab", 3);
        traffic.event("lab", LAB, LifeCycle.Kind.CLOSED);
        int from = 0;
        for (int portion = 1; from < traffic.events().size(); portion = portion * 3 % 50 + 1) {
            int to = Math.min(traffic.events().size(), from + portion);
            target.append(List.copyOf(traffic.events().subList(from, to)));
            from = to;
        }
        return traffic;
    }

    /** As much as a real id, unlike those of the other tests. */
    private static Traffic captured(int messages) {
        Traffic traffic = new Traffic(1_795_000_000_000_000L);
        for (int i = 0; i < messages; i++) {
            traffic.receive(METER, "captured " + i);
        }
        return traffic;
    }

    @Test
    default void showsAnImportAfterWhatWasCapturedAndOnlyOnceItIsCommitted() throws Exception {
        Traffic captured = captured(20);
        try (HistoryStore store = filled(captured)) {
            List<Frame> expected = new ArrayList<>(captured.frames());
            try (Import first = store.beginImport();
                    Import second = store.beginImport()) {
                assertThat(first.firstId()).isEqualTo(1_000_100_000_000_000L);
                assertThat(second.firstId()).isEqualTo(1_000_200_000_000_000L);
                expected.addAll(0, imported(second, 30).frames());
                Traffic earlier = imported(first, 10);
                assertThat(allOf(store)).isEqualTo(texts(newestFirst(captured.frames())));
                second.commit();
                assertThat(allOf(store)).isEqualTo(texts(newestFirst(expected)));
                first.commit();
                expected.addAll(0, earlier.frames());
            }
            assertThat(allOf(store)).isEqualTo(texts(newestFirst(expected)));
            for (Frame frame : expected) {
                assertThat(store.message(frame.id()))
                        .map(HistoryStoreContract::text)
                        .contains(text(frame));
            }
            MessageFilter lab = new MessageFilter("lab", null, null, null, List.of());
            assertThat(store.messages(lab, Long.MAX_VALUE, 1000).items()).hasSize(40);
            assertThat(store.messages(lab, Long.MAX_VALUE, 1000).captureGap()).isEqualTo(6);
            assertThat(store.bounds().frames()).isEqualTo(60);
            assertThat(store.bounds().newest()).isEqualTo(captured.latest());
        }
    }

    /** By pages, so that these are looked at, too. */
    private static List<String> allOf(HistoryStore store) {
        List<Frame> found = new ArrayList<>();
        OptionalLong before = OptionalLong.of(Long.MAX_VALUE);
        while (before.isPresent()) {
            MessagePage page = store.messages(MessageFilter.ALL, before.getAsLong(), 7);
            found.addAll(page.items());
            before = page.next();
        }
        return texts(found);
    }

    @Test
    default void forgetsAnImportThatWasNotCommitted() throws Exception {
        Traffic captured = captured(5);
        try (HistoryStore store = filled(captured)) {
            try (Import target = store.beginImport()) {
                imported(target, 1000);
            }
            assertThat(allOf(store)).isEqualTo(texts(newestFirst(captured.frames())));
            for (int i = 0; i < 20; i++) {
                // What was given up takes no room.
                try (Import target = store.beginImport()) {
                    imported(target, 1000);
                }
            }
        }
    }

    @Test
    default void givesTheNumberOfAnImportThatCameToNothingToTheNext() throws Exception {
        try (HistoryStore store = filled(captured(5))) {
            try (Import first = store.beginImport()) {
                assertThat(first.number()).isEqualTo(1);
                imported(first, 3);
            }
            try (Import again = store.beginImport();
                    Import second = store.beginImport()) {
                assertThat(again.number()).isEqualTo(1);
                assertThat(second.number()).isEqualTo(2);
                imported(again, 3);
                again.commit();
                again.close();
                try (Import third = store.beginImport()) {
                    assertThat(third.number()).isEqualTo(3);
                }
            }
            try (Import last = store.beginImport()) {
                assertThat(last.number()).isEqualTo(2);
            }
        }
    }

    @Test
    default void keepsAnImportWhateverItsAgeAndHoweverMuchIsCaptured() throws Exception {
        AtomicLong clock = new AtomicLong(1_000_000);
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, clock::get)) {
            Traffic lab;
            try (Import target = store.beginImport()) {
                lab = imported(target, 500);
                target.commit();
            }
            clock.addAndGet(MAX_AGE.toNanos() * 3);
            Traffic captured = new Traffic(1_795_000_000_000_000L);
            captured.pass(MAX_AGE.toNanos() * 3);
            for (int i = 0; i < 20_000; i++) {
                captured.receive(METER, "captured " + i);
            }
            append(store, captured.events());
            store.trim();

            MessageFilter filter = new MessageFilter("lab", null, null, null, List.of());
            assertThat(texts(store.messages(filter, Long.MAX_VALUE, 1000).items()))
                    .isEqualTo(texts(newestFirst(lab.frames())));
            assertThat(store.bounds().bytes()).isLessThanOrEqualTo(MAX_BYTES);
            assertThat(store.message(captured.latest())).isPresent();

            // Each frame that was dropped is told of once, wherever the reader stops on the way.
            long forgotten = 0;
            long at = 0;
            while (at < captured.latest()) {
                Reading step = store.read(at, Long.MAX_VALUE - 1, 100);
                forgotten += step.forgotten();
                at = step.upTo();
            }
            assertThat(forgotten).isEqualTo(20_500 - store.bounds().frames());
        }
    }

    @Test
    default void refusesAnImportThatTakesMoreThanHalfOfTheBound() throws Exception {
        try (HistoryStore store = create(MAX_BYTES, MAX_AGE, () -> 1_000_000)) {
            assertThat(store.maxBytes()).isPositive();
            try (Import target = store.beginImport()) {
                assertThatThrownBy(() -> imported(target, 100_000))
                        .isInstanceOf(ImportTooLargeException.class)
                        .hasMessageContaining("switchboard.history.max-bytes");
            }
            assertThat(allOf(store)).isEmpty();
            try (Import target = store.beginImport()) {
                imported(target, 1000);
                target.commit();
            }
            assertThat(allOf(store)).hasSize(1000);
        }
    }

    @Test
    default void forgetsAnImportWholeWhenOnlyItsEndpointIsNamed() throws Exception {
        Traffic captured = captured(5);
        captured.event("meter", METER, LifeCycle.Kind.CLOSED);
        try (HistoryStore store = filled(captured)) {
            try (Import target = store.beginImport()) {
                imported(target, 300);
                target.commit();
            }
            EventFilter ofLab = new EventFilter("lab", null, Long.MIN_VALUE, Long.MAX_VALUE);
            MessageFilter outgoing = new MessageFilter("lab", null, Direction.OUT, null, List.of());
            assertThat(store.delete(outgoing, Long.MAX_VALUE)).isZero();
            assertThat(store.events(ofLab, Long.MAX_VALUE, 10).items()).hasSize(2);

            MessageFilter lab = new MessageFilter("lab", null, null, null, List.of());
            assertThat(store.delete(lab, Long.MAX_VALUE)).isEqualTo(300);
            assertThat(store.events(ofLab, Long.MAX_VALUE, 10).items()).isEmpty();
            List<TrafficEvent> left = store.read(0, Long.MAX_VALUE, 1000).events();
            assertThat(texts(Traffic.frames(left))).isEqualTo(texts(captured.frames()));
            assertThat(left.getLast()).isEqualTo(captured.events().getLast());
            try (Import again = store.beginImport()) {
                imported(again, 1500);
                again.commit();
            }
        }
    }
}
