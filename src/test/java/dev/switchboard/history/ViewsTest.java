package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a search while the store changes, and on the threads it works on. */
@Timeout(60)
class ViewsTest {

    private static final MessageFilter ANYTHING =
            new MessageFilter(null, null, null, null, List.of(BytePattern.of("message".getBytes(UTF_8))));

    private final SearchPool pool = new SearchPool(2);
    private final Traffic traffic = new Traffic();
    private final Set<Long> gone = new ConcurrentSkipListSet<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger looked = new AtomicInteger();
    private final Set<String> threads = new ConcurrentSkipListSet<>();
    private final Views views = new Views(this::view, pool);

    @AfterEach
    void close() {
        pool.close();
    }

    /** One message a stretch. */
    private StoreView view() {
        looked.incrementAndGet();
        List<Stretch> stretches = new ArrayList<>();
        for (TrafficEvent event : traffic.events()) {
            stretches.add(new Elsewhere(Segment.sealed(new TrafficEvent[] {event})));
        }
        return new StoreView(stretches.toArray(new Stretch[0]), traffic.latest(), 0, 0);
    }

    /** A stretch that is gone once, if it is among those that are. */
    private final class Elsewhere implements Stretch {

        private final Segment segment;

        Elsewhere(Segment segment) {
            this.segment = segment;
        }

        @Override
        public Outline outline() {
            return segment.outline();
        }

        @Override
        public Segment load() {
            opened.incrementAndGet();
            threads.add(Thread.currentThread().getName());
            if (gone.remove(outline().firstId())) {
                throw new GoneException(new IllegalStateException("dropped"));
            }
            return segment;
        }
    }

    private void receive(int messages) {
        for (int i = 0; i < messages; i++) {
            traffic.receive(Traffic.CONNECTIONS.getFirst(), "message " + i);
        }
    }

    private List<Long> ids() {
        return traffic.frames().reversed().stream().map(Frame::id).toList();
    }

    @Test
    void goesOnInANewerViewFromThePlaceItReached() {
        receive(20);
        for (MessageFilter filter : List.of(MessageFilter.ALL, ANYTHING)) {
            gone.addAll(List.of(1000L, 1007L, 1008L, 1019L));
            looked.set(0);
            MessagePage page = views.messages(filter, Long.MAX_VALUE, 100, Deadline.NEVER);
            assertThat(page.items()).extracting(Frame::id).containsExactlyElementsOf(ids());
            assertThat(looked.get()).isBetween(2, 10);
        }
        gone.addAll(List.of(1000L, 1007L, 1008L, 1019L));
        assertThat(views.summary(ANYTHING, 3, Deadline.NEVER).sums().framesIn()).isEqualTo(20);
        gone.addAll(List.of(1003L));
        assertThat(views.message(1003)).isPresent();
        gone.addAll(List.of(1003L));
        assertThat(views.read(MessageFilter.ALL, 0, 2000, 100).events()).hasSize(20);
    }

    @Test
    void givesUpWhereEveryViewIsStale() {
        receive(1);
        Stretch stretch = new Stretch() {
            @Override
            public Outline outline() {
                return view().stretches()[0].outline();
            }

            @Override
            public Segment load() {
                throw new GoneException(new IllegalStateException("dropped"));
            }
        };
        Views stale = new Views(() -> new StoreView(new Stretch[] {stretch}, 1000, 0, 0), pool);
        assertThatThrownBy(() -> stale.message(1000)).isInstanceOf(Stretch.GoneException.class);
    }

    @Test
    void searchesContentsOnThreadsOfItsOwnAndAllElseOnTheCallers() {
        receive(50);
        views.messages(MessageFilter.ALL, Long.MAX_VALUE, 100, Deadline.NEVER);
        assertThat(threads).containsExactly(Thread.currentThread().getName());
        threads.clear();
        views.messages(ANYTHING, Long.MAX_VALUE, 100, Deadline.NEVER);
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("history-search-"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void opensLittleMoreThanAPageNeeds(int limit) {
        receive(500);
        MessagePage page = views.messages(ANYTHING, Long.MAX_VALUE, limit, Deadline.NEVER);
        assertThat(page.items()).hasSize(limit);
        assertThat(page.next()).isPresent();
        assertThat(opened.get()).isLessThan(limit + 2 + 2 * 2);
    }

    @Test
    void waitsForNoStretchLongerThanThereIsTime() throws Exception {
        receive(2);
        CountDownLatch goOn = new CountDownLatch(1);
        Segment late = Segment.sealed(new TrafficEvent[] {traffic.events().getFirst()});
        Stretch slow = new Stretch() {
            @Override
            public Outline outline() {
                return late.outline();
            }

            @Override
            public Segment load() {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return late;
            }
        };
        Stretch quick = Segment.sealed(new TrafficEvent[] {traffic.events().getLast()});
        Views both = new Views(() -> new StoreView(new Stretch[] {slow, quick}, 1001, 0, 0), pool);
        MessagePage page = both.messages(ANYTHING, Long.MAX_VALUE, 10, () -> 1);
        goOn.countDown();
        assertThat(page.items()).extracting(Frame::id).containsExactly(1001L);
        assertThat(page.complete()).isFalse();
        assertThat(page.next()).hasValue(1001);
        assertThat(page.searchedTo()).isPresent();
    }

    @Test
    void answersFromTheIndexWhereNothingElseIsAsked() {
        receive(50);
        Summary summary = views.summary(new MessageFilter("meter", null, null, null, List.of()), 0, Deadline.NEVER);
        assertThat(summary.sums().framesIn()).isEqualTo(50);
        // The oldest and the newest, for the time they span.
        assertThat(opened.get()).isEqualTo(2);
    }

    @Test
    void readingPassesOverWhatCannotHoldAnythingMeant() {
        receive(50);
        traffic.receive(Traffic.CONNECTIONS.getLast(), "other");
        receive(50);
        Reading reading = views.read(new MessageFilter("game", null, null, null, List.of()), 0, traffic.latest(), 1000);
        assertThat(reading.events()).hasSize(1);
        assertThat(reading.upTo()).isEqualTo(traffic.latest());
        assertThat(opened.get()).isOne();
    }
}
