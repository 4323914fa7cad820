package dev.switchboard.history;

import java.time.Duration;
import java.util.function.LongSupplier;

class MemoryStoreTest
        implements SearchContract,
                SummaryContract,
                ReadingContract,
                ForgettingContract,
                BoundsContract,
                ImportContract {

    @Override
    public HistoryStore create(long maxBytes, Duration maxAge, LongSupplier clock) {
        return new MemoryStore(maxBytes, maxAge, clock);
    }
}
