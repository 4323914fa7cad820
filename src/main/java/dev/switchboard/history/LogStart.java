package dev.switchboard.history;

import dev.switchboard.traffic.UtcMicros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what an earlier run left behind: takes from the index what it knows, reads the files of which it knows nothing
 * or not all, cuts off what a killed process had half written, and brings the index up to date. Used once, by one
 * thread.
 */
final class LogStart {

    private static final Logger log = LoggerFactory.getLogger(LogStart.class);
    private static final String INDEX = "index.db";

    private final LogDirectory directory;
    private final SegmentCache cache;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<LogIndex.Change> changes = new ArrayList<>();
    private Optional<String> lastRun = Optional.empty();

    private LogStart(LogDirectory directory, SegmentCache cache) {
        this.directory = directory;
        this.cache = cache;
    }

    /**
     * What there is.
     *
     * @param entries files, in order
     * @param lastRun what is to be said of the run before, if it did not end in order
     */
    record Found(List<LogEntry> entries, LogIndex index, LogIndex.Forgotten forgotten, Optional<String> lastRun) {

        /** The last id that was captured, or 0. */
        long lastId() {
            return entries.isEmpty() || entries.getLast().file().imported()
                    ? 0
                    : entries.getLast().lastId();
        }

        /** The number of the last file of traffic from elsewhere, or 0. */
        long lastImport() {
            return entries.stream()
                    .map(LogEntry::file)
                    .filter(LogFile::imported)
                    .mapToLong(LogFile::number)
                    .max()
                    .orElse(0);
        }
    }

    /** @throws IOException if the folder or the index can't be read or written; then nothing is left open */
    static Found in(LogDirectory directory, SegmentCache cache) throws IOException {
        try {
            try {
                return in(directory, cache, openIndex(directory.path()));
            } catch (SQLException e) {
                if (!LogIndex.damaged(e)) {
                    throw e;
                }
                return in(directory, cache, newIndex(directory.path(), e));
            }
        } catch (SQLException e) {
            throw new IOException("the index of history: " + e.getMessage(), e);
        }
    }

    private static Found in(LogDirectory directory, SegmentCache cache, LogIndex index)
            throws SQLException, IOException {
        try {
            return new LogStart(directory, cache).find(index);
        } catch (SQLException | IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    private static LogIndex openIndex(Path directory) throws SQLException, NewerStoreException {
        LogIndex index = LogIndex.open(directory.resolve(INDEX));
        try {
            index.check();
            return index;
        } catch (SQLException e) {
            index.close();
            throw e;
        }
    }

    private static LogIndex newIndex(Path directory, SQLException damage) throws SQLException, IOException {
        log.warn("the index of history is damaged and is made anew from the log: {}", damage.getMessage());
        return newIndex(directory);
    }

    /** An empty one, in the place of what is there. */
    static LogIndex newIndex(Path directory) throws SQLException, IOException {
        for (String name : List.of(INDEX, INDEX + "-wal", INDEX + "-shm")) {
            Files.deleteIfExists(directory.resolve(name));
        }
        return LogIndex.open(directory.resolve(INDEX));
    }

    private Found find(LogIndex index) throws SQLException, IOException {
        Map<String, LogIndex.Known> known = index.files(directory.path(), cache);
        List<LogFile> files = directory.files();
        for (LogFile file : files) {
            LogIndex.Known row = known.remove(file.name());
            long length = Files.size(file.path());
            if (row != null && row.length() == length) {
                entries.add(new LogEntry(file, length, row.stretches()));
            } else {
                read(file, row, length, file.equals(files.getLast()) && !file.imported());
            }
        }
        for (String gone : known.keySet()) {
            LogFile.of(directory.path().resolve(gone)).ifPresent(file -> changes.add(LogIndex.dropped(file)));
        }
        index.change(connection -> {
            for (LogIndex.Change change : changes) {
                change.apply(connection);
            }
        });
        if (lastRun.isEmpty() && directory.brokenOff()) {
            lastRun = Optional.of(
                    sentence(entries.isEmpty() ? List.of() : entries.getLast().stretches(), 0, 0));
        }
        return new Found(entries, index, index.forgotten(), lastRun);
    }

    /** Trusts what the index has of a file that became longer since, and nothing of one that became shorter. */
    private void read(LogFile file, LogIndex.@Nullable Known row, long length, boolean newest) throws IOException {
        List<FileStretch> stretches = new ArrayList<>();
        long offset = 0;
        if (row != null && !row.stretches().isEmpty()) {
            FileStretch last = row.stretches().getLast();
            if (last.offset() + last.length() <= length) {
                stretches.addAll(row.stretches());
                offset = last.offset() + last.length();
            }
        }
        LogScan.Found found = LogScan.from(file, offset, cache);
        stretches.addAll(found.stretches());
        long torn = found.length() - found.wholeUpTo();
        boolean unfinished = newest && !found.orderly();
        if (unfinished && torn > 0) {
            directory.cut(file, found.wholeUpTo());
        }
        if (unfinished && (torn > 0 || directory.brokenOff())) {
            lastRun = Optional.of(sentence(stretches, torn, found.damaged()));
        } else if (torn > 0 || found.damaged() > 0) {
            log.warn("{} is damaged: {} bytes can't be read", file.name(), torn + found.damaged());
        }
        if (stretches.isEmpty()) {
            directory.delete(file);
            changes.add(LogIndex.dropped(file));
            return;
        }
        long whole = newest ? found.wholeUpTo() : found.length();
        LogEntry entry = new LogEntry(file, whole, stretches);
        entries.add(entry);
        changes.add(LogIndex.dropped(file));
        changes.add(LogIndex.add(stretches));
        changes.add(LogIndex.closed(List.of(entry)));
        for (FileStretch stretch : found.stretches()) {
            // Read when it comes to writing them: all together they may be more than fits into memory.
            changes.add(connection ->
                    LogIndex.addEvents(LogScan.lifeCycles(List.of(stretch))).apply(connection));
        }
    }

    private static String sentence(List<FileStretch> stretches, long torn, long damaged) {
        String until = stretches.isEmpty()
                ? "nothing of what it wrote last can be read"
                : "what it recorded ends at "
                        + UtcMicros.format(stretches.getLast().outline().lastAt());
        return "The run before this one did not end in order: " + until
                + "; what it had not yet written by then, up to a flush interval, is missing"
                + (damaged > 0 ? ", " + damaged + " bytes before that are damaged and were passed over" : "")
                + (torn > 0 ? ", and " + torn + " bytes of a half-written record were cut off." : ".");
    }
}
