package dev.switchboard.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

class DiskStoreTest extends HistoryStoreContract {

    @Override
    HistoryStore create(long maxBytes, Duration maxAge, LongSupplier clock) {
        try {
            Path directory = Files.createTempDirectory("switchboard-history");
            return new DiskStore(directory, maxBytes, maxAge, Duration.ofMillis(500), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
