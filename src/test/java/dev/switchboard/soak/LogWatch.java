package dev.switchboard.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what the process logs as it goes; used by one thread. */
final class LogWatch {

    private static final Pattern COMPLAINT =
            Pattern.compile(" (WARN|ERROR) |Exception in thread|OutOfMemoryError|StackOverflowError|\\[warning\\]");

    /** What the load is meant to bring about. */
    private static final List<Pattern> EXPECTED =
            List.of(Pattern.compile("Too many wrong tokens from 127\\.0\\.0\\.1\\d\\d"));

    private final Path log;
    private long read;

    LogWatch(Path log) {
        this.log = log;
    }

    /** Lines since the last call that complain of something, but for what is expected. */
    List<String> complaints() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read);
            byte[] more = new byte[(int) Math.min(16 << 20, file.length() - read)];
            file.readFully(more);
            int whole = more.length;
            while (whole > 0 && more[whole - 1] != '\n') {
                whole--;
            }
            read += whole;
            return new String(more, 0, whole, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .filter(line -> EXPECTED.stream()
                            .noneMatch(expected -> expected.matcher(line).find()))
                    .toList();
        }
    }
}
