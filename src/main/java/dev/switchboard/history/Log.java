package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ring of files: appends to the newest, begins a new one when that is full or old, and drops the oldest when all
 * together are too large or too old.
 *
 * <pre>
 *   dropped ◄── │ file 7        │ file 8        │ file 9 (being written)     │ ◄── append
 *               │ stretch│ … │  │ stretch│ … │  │ stretch│ … │ growing       │
 * </pre>
 *
 * <p>Used by whoever holds the store's lock.
 */
final class Log {

    private static final int GRAINS = 64;
    private static final int STRETCH_EVENTS = 8192;

    private final LogLimits limits;
    private final LogDirectory directory;
    private final LogSync sync;
    private final SegmentCache cache;
    private final Conversations conversations = new Conversations();
    private final BlockWriter buffer = LogWriter.buffer();

    private final List<LogEntry> imports = new ArrayList<>();
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<FileStretch> unindexed = new ArrayList<>();
    private final List<LogEntry> unindexedFiles = new ArrayList<>();
    private @Nullable LogWriter writer;
    private @Nullable Growing growing;
    private long fileSince;
    private long nextNumber;

    /** @param found files that are there already, in order */
    Log(LogDirectory directory, LogLimits limits, LogSync sync, SegmentCache cache, List<LogEntry> found) {
        this.directory = directory;
        this.limits = limits;
        this.sync = sync;
        this.cache = cache;
        found.forEach(entry -> (entry.file().imported() ? imports : entries).add(entry));
        this.nextNumber = entries.isEmpty() ? 1 : entries.getLast().file().number() + 1;
    }

    /**
     * Writes events, all of which are in the file when this returns.
     *
     * @return what could not be written, in order; the rest is in the file. Then {@link #failure()} says why, and a new
     *     file is begun with the next call
     */
    List<TrafficEvent> append(List<TrafficEvent> events) {
        failure = null;
        int next = 0;
        try {
            while (next < events.size()) {
                TrafficEvent event = events.get(next);
                LogWriter into = writerFor(event);
                Growing stretch = growing;
                if (stretch == null) {
                    stretch = new Growing(into.beginStretch());
                    growing = stretch;
                }
                stretch.add(event, into.write(event));
                next++;
                if (into.full()) {
                    flush();
                }
            }
            flush();
            return List.of();
        } catch (IOException e) {
            return failed(e, events.subList(next, events.size()));
        } catch (RuntimeException | Error e) {
            // Whatever can't be put into bytes, or for want of memory: what it left half-written must not get there.
            LogWriter current = writer;
            if (current != null) {
                current.discard();
            }
            return failed(
                    new IOException("an event can't be put into bytes: " + e, e), events.subList(next, events.size()));
        }
    }

    private @Nullable IOException failure;

    /** Why the last call of {@link #append} did not write all. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private List<TrafficEvent> failed(IOException reason, List<TrafficEvent> notEvenTried) {
        failure = reason;
        List<TrafficEvent> lost = new ArrayList<>();
        if (growing != null) {
            lost.addAll(growing.takeBack());
        }
        lost.addAll(notEvenTried);
        roll();
        return lost;
    }

    /** The file into which the event goes: the one at hand, or a new one. */
    private LogWriter writerFor(TrafficEvent event) throws IOException {
        LogWriter current = writer;
        if (current != null
                && (current.size() >= limits.fileBytes() || event.at() - fileSince > limits.maxAgeNanos() / GRAINS)) {
            flush();
            roll();
            current = null;
        }
        if (current == null) {
            LogFile file = directory.file(nextNumber);
            current = new LogWriter(file, file.path(), conversations, buffer);
            nextNumber++;
            writer = current;
            fileSince = event.at();
            entries.add(new LogEntry(current.file(), 0, new ArrayList<>()));
        } else if (growing != null && full(growing, current)) {
            flush();
            seal(current);
        }
        return current;
    }

    private boolean full(Growing stretch, LogWriter into) {
        return into.size() - stretch.offset() >= limits.stretchBytes() || stretch.size() >= STRETCH_EVENTS;
    }

    private void flush() throws IOException {
        LogWriter current = writer;
        if (current == null) {
            return;
        }
        current.flush();
        if (growing != null) {
            growing.wrote();
        }
        LogEntry last = entries.removeLast();
        entries.add(new LogEntry(last.file(), current.size(), last.stretches()));
        sync.wrote(current.channel());
    }

    private void seal(LogWriter current) {
        Growing stretch = growing;
        growing = null;
        if (stretch == null || stretch.isEmpty()) {
            return;
        }
        Segment sealed = stretch.sealed();
        FileStretch written = new FileStretch(
                current.file(),
                stretch.offset(),
                (int) (current.size() - stretch.offset()),
                stretch.split(),
                sealed.outline(),
                cache);
        cache.get(written, () -> sealed);
        entries.getLast().stretches().add(written);
        unindexed.add(written);
    }

    /** Ends the file at hand, so that what comes next begins a new one. */
    void roll() {
        LogWriter current = writer;
        if (current == null) {
            return;
        }
        seal(current);
        writer = null;
        sync.finish(current.channel());
        if (entries.getLast().stretches().isEmpty()) {
            directory.delete(entries.removeLast().file());
        } else {
            unindexedFiles.add(entries.getLast());
        }
    }

    /** Ends the file at hand with the mark of an orderly end. */
    void end() throws IOException {
        LogWriter current = writer;
        if (current != null) {
            current.encoder().end();
            flush();
            roll();
        }
    }

    /**
     * Drops the oldest files for as long as all together are too large or they are too old.
     *
     * @return what they held
     */
    List<LogEntry> dropBeyondBounds(long now) {
        if (growing != null && !growing.isEmpty() && now - growing.last().at() > limits.maxAgeNanos()) {
            roll();
        }
        List<LogEntry> dropped = new ArrayList<>();
        long total = bytes();
        while (!entries.isEmpty() && closed(entries.getFirst())) {
            LogEntry oldest = entries.getFirst();
            if (total <= limits.maxBytes() && now - oldest.lastAt() <= limits.maxAgeNanos()) {
                break;
            }
            entries.removeFirst();
            total -= oldest.length();
            directory.delete(oldest.file());
            dropped.add(oldest);
        }
        return dropped;
    }

    /**
     * Drops files that somebody else deleted. If it was the one at hand, what comes next begins a new one: nobody would
     * find again what is written there.
     *
     * @return what they held
     */
    List<LogEntry> dropMissing() {
        LogWriter current = writer;
        if (current != null && Files.notExists(current.file().path())) {
            roll();
        }
        List<LogEntry> missing = closed().stream()
                .filter(entry -> Files.notExists(entry.file().path()))
                .toList();
        if (!missing.isEmpty()) {
            imports.removeAll(missing);
            entries.removeAll(missing);
        }
        return missing;
    }

    private boolean closed(LogEntry entry) {
        LogWriter current = writer;
        return current == null || !entry.file().equals(current.file());
    }

    /** Files that do not grow any more. */
    List<LogEntry> closed() {
        return Stream.concat(imports.stream(), entries.stream().filter(this::closed))
                .toList();
    }

    /**
     * Those of them in which one of certain stretches is, told by their first ids; the file at hand ends if it is one.
     */
    List<LogEntry> closed(LongPredicate stretches) {
        if (writer != null
                && (entries.getLast().holds(stretches)
                        || (growing != null
                                && !growing.isEmpty()
                                && stretches.test(growing.first().id())))) {
            roll();
        }
        return closed().stream().filter(entry -> entry.holds(stretches)).toList();
    }

    /** Puts a rewritten file in the place of what it was made from. */
    boolean replace(LogEntry old, @Nullable LogEntry rewritten) {
        List<LogEntry> among = old.file().imported() ? imports : entries;
        int place = among.indexOf(old);
        if (place < 0) {
            return false;
        }
        if (rewritten == null) {
            among.remove(place);
        } else {
            among.set(place, rewritten);
        }
        return true;
    }

    /** Adds a file of traffic from elsewhere. */
    void add(LogEntry imported) {
        imports.add(imported);
        imports.sort(Comparator.comparing(LogEntry::file));
    }

    /** What files of traffic from elsewhere take. */
    long importedBytes() {
        return imports.stream().mapToLong(LogEntry::length).sum();
    }

    /** What all files take. */
    long bytes() {
        return importedBytes() + entries.stream().mapToLong(LogEntry::length).sum();
    }

    /** All stretches that do not grow any more. */
    List<FileStretch> sealed() {
        return Stream.concat(imports.stream(), entries.stream())
                .flatMap(entry -> entry.stretches().stream())
                .toList();
    }

    /** Stretches that were sealed since the last call. */
    List<FileStretch> takeUnindexed() {
        List<FileStretch> taken = List.copyOf(unindexed);
        unindexed.clear();
        return taken;
    }

    /** Files that were ended since the last call. */
    List<LogEntry> takeUnindexedFiles() {
        List<LogEntry> taken = List.copyOf(unindexedFiles);
        unindexedFiles.clear();
        return taken;
    }

    /** All there is, for readers. */
    List<Stretch> stretches() {
        List<Stretch> all = new ArrayList<>(sealed());
        if (growing != null && !growing.isEmpty()) {
            all.add(growing.published());
        }
        return all;
    }
}
