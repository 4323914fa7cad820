package dev.switchboard.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down who guesses: each address may be wrong {@value #BURST} times at once, and once more every three seconds.
 * Until then nothing it presents counts, for to refuse the wrong and take the right would be no obstacle. An IPv6
 * address counts with all of its network of 64 bits, which one machine may have to itself. The addresses of who was
 * wrong longest ago are forgotten first when there are too many. Any thread may call.
 */
final class WrongTries {

    static final int BURST = 20;

    private static final Logger log = LoggerFactory.getLogger(WrongTries.class);
    private static final long NANOS_EACH = Duration.ofSeconds(3).toNanos();
    private static final long FORGIVEN_AT_ONCE = (BURST - 1) * NANOS_EACH;
    private static final int MAX_ADDRESSES = 10_000;

    private final LongSupplier nanoTime;

    /** When all that the address did wrong is forgiven; guarded by this. */
    private final Map<String, Long> forgivenAt = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** @param nanoTime as {@link System#nanoTime()} */
    WrongTries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The address presented a token. In one step, so that guesses made at once are counted as those made in a row.
     *
     * @return how long it has to wait before anything it presents counts; zero as a rule, and then a wrong one is held
     *     against it
     */
    synchronized Duration tried(String address, boolean right) {
        String network = network(address);
        long now = nanoTime.getAsLong();
        long debt = Math.max(0, forgivenAt.getOrDefault(network, now) - now);
        if (debt > FORGIVEN_AT_ONCE) {
            return Duration.ofNanos(debt - FORGIVEN_AT_ONCE);
        }
        if (!right) {
            forgivenAt.put(network, now + debt + NANOS_EACH);
            if (debt + NANOS_EACH > FORGIVEN_AT_ONCE) {
                log.warn(
                        "Too many wrong tokens from {}: it may try once every {} s",
                        network,
                        NANOS_EACH / 1_000_000_000);
            }
        }
        return Duration.ZERO;
    }

    private static String network(String address) {
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address v6) {
                return HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), 8));
            }
        } catch (IllegalArgumentException e) {
            // Whatever the container calls it, then.
            return address;
        }
        return address;
    }
}
