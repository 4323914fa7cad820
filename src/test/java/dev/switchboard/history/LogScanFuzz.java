package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any file where a file of the log should be: a start finds out what of it can be read, and reads that. */
public final class LogScanFuzz {

    private static final LogFile FILE = new LogFile(directory(), false, 1, 0);

    private LogScanFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Files.write(FILE.path(), bytes);
        LogScan.Found found = LogScan.from(FILE, 0, new SegmentCache(1 << 20));
        assertThat(found.length()).isEqualTo(bytes.length);
        assertThat(found.wholeUpTo()).isBetween(0L, (long) bytes.length);
        assertThat(found.damaged()).isBetween(0L, (long) bytes.length);
        for (FileStretch stretch : found.stretches()) {
            Segment segment = stretch.load();
            assertThat(segment.outline().tally().frames())
                    .isEqualTo(stretch.outline().tally().frames());
        }
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("log-scan");
            Path file = new LogFile(directory, false, 1, 0).path();
            file.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
