package dev.switchboard.history;

import java.time.Duration;
import java.util.function.LongSupplier;

class MemoryStoreTest extends HistoryStoreContract {

    @Override
    HistoryStore create(long maxBytes, Duration maxAge, LongSupplier clock) {
        return new MemoryStore(maxBytes, maxAge, clock);
    }
}
