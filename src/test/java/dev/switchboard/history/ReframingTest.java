package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

/** Another framing over the past. The reference is a plain split of all bytes of one direction. */
class ReframingTest {

    private static final ConnectionKey METER = Traffic.CONNECTIONS.getFirst();
    private static final MessageFilter ITS = new MessageFilter(null, METER.id(), null, null, List.of());

    private static HistoryStore filled(Traffic traffic) {
        HistoryStore store = new MemoryStore(1 << 28, Duration.ofDays(1), traffic::now);
        store.append(traffic.events());
        return store;
    }

    private static List<Reframed> pages(HistoryStore store, MessageFilter filter, Framing framing, int limit) {
        List<Reframed> pages = new ArrayList<>();
        String before = null;
        do {
            Reframed page = Reframing.page(store, filter, framing, before, limit, Deadline.NEVER);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            pages.add(page);
            before = page.next();
        } while (before != null);
        return pages;
    }

    private static List<Frame> oldestFirst(List<Reframed> pages) {
        return pages.stream().flatMap(page -> page.items().stream()).toList().reversed();
    }

    @Provide
    Arbitrary<Traffic> traffic() {
        return Traffic.any().filter(traffic -> !traffic.events().isEmpty());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void pagesTogetherHoldEveryFrameAndEveryByteOnce(
            @ForAll("traffic") Traffic traffic, @ForAll @IntRange(min = 1, max = 20) int limit) {
        try (HistoryStore store = filled(traffic)) {
            List<Reframed> pages = pages(store, ITS, new Framing.Lf(), limit);
            List<Frame> frames = oldestFirst(pages);
            assertThat(frames).extracting(Frame::id).isSorted();
            for (Direction direction : Direction.values()) {
                StringBuilder bytes = new StringBuilder();
                for (TrafficEvent event : traffic.events()) {
                    if (event instanceof Chunk chunk
                            && chunk.connection().equals(METER)
                            && chunk.direction() == direction) {
                        bytes.append(new String(chunk.bytes(), UTF_8));
                    }
                }
                List<String> expected = new ArrayList<>(List.of(bytes.toString().split("\n", -1)));
                if (expected.getLast().isEmpty()) {
                    expected.removeLast();
                }
                assertThat(frames.stream()
                                .filter(frame -> frame.direction() == direction)
                                .map(frame -> new String(frame.payload(), UTF_8)))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void goesBackWindowByWindowWhereThereIsMuch() {
        Traffic traffic = new Traffic();
        int chunks = 40;
        for (int i = 0; i < chunks; i++) {
            traffic.receive(METER, ("%07d\n".formatted(i)).repeat(1 << 17));
            traffic.pass(1);
        }
        try (HistoryStore store = filled(traffic)) {
            MessageFilter second =
                    new MessageFilter(null, METER.id(), null, null, List.of(BytePattern.of("0000007".getBytes(UTF_8))));
            List<Reframed> all = pages(store, ITS, new Framing.Fixed(1 << 20), 10);
            assertThat(oldestFirst(all)).hasSize(chunks).allMatch(Frame::complete);
            List<Reframed> incomplete =
                    all.stream().filter(page -> page.cutAt().isPresent()).toList();
            assertThat(incomplete).hasSize(2);
            assertThat(all.getLast().cutAt()).isEmpty();
            assertThat(oldestFirst(pages(store, second, new Framing.Lf(), 1000)))
                    .hasSize(1 << 17);
        }
    }

    @Test
    void countsAGapOnce() {
        Traffic traffic = new Traffic();
        IntStream.range(0, 10).forEach(i -> {
            traffic.receive(METER, "line\n");
            traffic.gap("meter", 1);
            traffic.gap("logs", 100);
        });
        try (HistoryStore store = filled(traffic)) {
            assertThat(pages(store, ITS, new Framing.Lf(), 3).stream().mapToLong(Reframed::captureGap))
                    .hasSize(4)
                    .satisfies(gaps -> assertThat(
                                    gaps.stream().mapToLong(gap -> gap).sum())
                            .isEqualTo(10));
        }
    }

    @Test
    void refusesAPlaceThatIsNoneOfItsOwn() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 40; i++) {
            traffic.receive(METER, "x".repeat(1 << 20));
        }
        try (HistoryStore store = filled(traffic)) {
            assertThatThrownBy(() -> Reframing.page(
                            store, ITS, new Framing.Lf(), "9999.0.1.99999999999999999999", 1, Deadline.NEVER))
                    .isInstanceOf(ErrorResponseException.class);
            assertThatThrownBy(() -> Reframing.page(store, ITS, new Framing.Lf(), "9999.0.1.99999", 1, Deadline.NEVER))
                    .isInstanceOf(ErrorResponseException.class);
        }
    }
}
