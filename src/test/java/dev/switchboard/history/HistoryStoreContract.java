package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** What every {@link HistoryStore} does, by theme. The reference is a plain list of what was appended. */
interface HistoryStoreContract {

    long MAX_BYTES = 1 << 20;
    Duration MAX_AGE = Duration.ofDays(7);
    ConnectionKey METER = Traffic.CONNECTIONS.getFirst();
    ConnectionKey LAB = Traffic.connection("lab.1", "lab");

    /**
     * An empty store.
     *
     * @param clock nanoseconds since the epoch
     */
    HistoryStore create(long maxBytes, Duration maxAge, LongSupplier clock);

    default HistoryStore filled(Traffic traffic) {
        HistoryStore store = create(MAX_BYTES, MAX_AGE, traffic::now);
        append(store, traffic.events());
        return store;
    }

    /** In portions of different sizes. */
    static void append(HistoryStore store, List<TrafficEvent> events) {
        int from = 0;
        for (int portion = 1; from < events.size(); portion = portion * 3 % 50 + 1) {
            int to = Math.min(events.size(), from + portion);
            store.append(List.copyOf(events.subList(from, to)));
            from = to;
        }
    }

    @Provide
    default Arbitrary<Traffic> traffic() {
        return Traffic.any();
    }

    @Provide
    default Arbitrary<MessageFilter> filters() {
        return Traffic.anyFilter();
    }

    @Provide
    default Arbitrary<Long> ids() {
        return Arbitraries.longs().between(990, 1400).injectNull(0.3).map(id -> id == null ? Long.MAX_VALUE : id);
    }

    static long gapOf(Traffic traffic, MessageFilter filter, long before, long from, List<Frame> items) {
        if (filter.connection() != null && items.isEmpty()) {
            return 0;
        }
        String endpoint = filter.connection() == null
                ? filter.endpoint()
                : items.getFirst().connection().endpoint();
        return traffic.events().stream()
                .filter(event -> event instanceof Gap)
                .filter(gap -> gap.id() >= from && gap.id() < before)
                .filter(gap -> gap.at() >= filter.since() && gap.at() < filter.until())
                .filter(gap -> endpoint == null || gap.endpoint().equals(endpoint))
                .mapToLong(gap -> ((Gap) gap).missed())
                .sum();
    }

    /** Over after so many stretches were looked at. */
    static Deadline after(int stretches) {
        AtomicLong left = new AtomicLong(stretches);
        return () -> left.decrementAndGet() > 0 ? Long.MAX_VALUE : 0;
    }

    static List<Gap> gapsOf(Traffic traffic, MessageFilter filter) {
        Optional<Frame> any = traffic.frames().stream()
                .filter(frame -> frame.connection().id().equals(filter.connection()))
                .filter(frame -> frame.at() >= filter.since() && frame.at() < filter.until())
                .filter(frame -> filter.direction() == null || filter.direction() == frame.direction())
                .filter(frame -> filter.endpoint() == null
                        || filter.endpoint().equals(frame.connection().endpoint()))
                .findAny();
        if (filter.connection() != null && any.isEmpty()) {
            return List.of();
        }
        String endpoint = filter.connection() == null
                ? filter.endpoint()
                : any.orElseThrow().connection().endpoint();
        return traffic.events().stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .filter(gap -> gap.at() >= filter.since() && gap.at() < filter.until())
                .filter(gap -> endpoint == null || gap.endpoint().equals(endpoint))
                .toList();
    }

    static List<Frame> newestFirst(List<Frame> frames) {
        return frames.reversed();
    }

    static List<String> texts(List<Frame> frames) {
        return frames.stream().map(HistoryStoreContract::text).toList();
    }

    /** All of a frame that a reader can see; where its bytes lie may differ. */
    static String text(Frame frame) {
        return frame.id() + " " + frame.at() + " " + frame.connection().id() + " " + frame.direction() + " "
                + frame.origin() + " " + frame.complete() + " " + frame.wireBytes() + " "
                + new String(frame.payload(), UTF_8);
    }
}
