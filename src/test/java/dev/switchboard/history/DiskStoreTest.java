package dev.switchboard.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.util.FileSystemUtils;

class DiskStoreTest
        implements SearchContract,
                SummaryContract,
                ReadingContract,
                ForgettingContract,
                BoundsContract,
                ImportContract {

    /** Of all stores, since each try of a property makes one; gone when the tests are over. */
    private static final Path STORES = temporary();

    private static Path temporary() {
        try {
            Path stores = Files.createTempDirectory("switchboard-history");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(stores.toFile())));
            return stores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public HistoryStore create(long maxBytes, Duration maxAge, LongSupplier clock) {
        try {
            Path directory = Files.createTempDirectory(STORES, "store");
            return new DiskStore(directory, maxBytes, maxAge, Duration.ofMillis(500), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
