package dev.switchboard.soak;

import static org.awaitility.Awaitility.await;

import dev.switchboard.process.Proc;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What the process takes while nothing happens between two rounds.
 *
 * @param heap bytes in use after a full collection
 * @param descriptors files and sockets open
 */
record Vitals(long heap, int threads, int descriptors) {

    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final long HEAP_TOLERANCE = 8 << 20;
    private static final int TOLERANCE = 4;

    /** Once it has let go of what the round's peers left behind; {@code usual} is what that has come to before. */
    static Vitals of(long pid, int usual) throws IOException, InterruptedException {
        AtomicInteger least = new AtomicInteger(Integer.MAX_VALUE);
        try {
            await().atMost(SETTLING)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(250))
                    .pollInSameThread()
                    .until(() -> least.accumulateAndGet(Proc.descriptors(pid), Math::min) <= usual);
        } catch (ConditionTimeoutException e) {
            // Then it is more than usual.
        }
        return new Vitals(Proc.liveHeapBytes(pid), Proc.threads(pid), least.get());
    }

    /** The medians. */
    static Vitals typical(List<Vitals> samples) {
        return new Vitals(median(samples, Vitals::heap), (int) median(samples, Vitals::threads), (int)
                median(samples, Vitals::descriptors));
    }

    private static long median(List<Vitals> samples, ToLongFunction<Vitals> of) {
        return samples.stream()
                .mapToLong(of)
                .boxed()
                .sorted(Comparator.naturalOrder())
                .toList()
                .get(samples.size() / 2);
    }

    /** What has grown since, in a sentence. */
    Optional<String> grewTo(Vitals later) {
        if (later.heap > heap + heap / 10 + HEAP_TOLERANCE
                || later.threads > threads + TOLERANCE
                || later.descriptors > descriptors + TOLERANCE) {
            return Optional.of("what the process holds while nothing happens grew: " + this + " in the first quarter, "
                    + later + " in the last");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "heap %.1f MB, %d threads, %d descriptors", heap / 1e6, threads, descriptors);
    }
}
