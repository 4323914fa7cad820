package dev.switchboard.soak;

import dev.switchboard.process.Api;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Where a {@link Trouble} does what it does; used by one thread.
 *
 * @param api where Switchboard is asked
 * @param ports those of the endpoints that are always there, by name
 * @param over whether there is to be no more of it
 */
record Field(Api api, Map<String, Integer> ports, Random random, Tally tally, BooleanSupplier over) {

    int port(String endpoint) {
        return ports.get(endpoint);
    }

    boolean isOver() {
        return over.getAsBoolean();
    }

    /** A random number from 1 to {@code most}. */
    int upTo(int most) {
        return random.nextInt(1, most + 1);
    }

    /** A name that no endpoint has. */
    String freshName(String stem) {
        return stem + "-" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    }
}
