package dev.switchboard.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the log; locked, for two processes that write there would destroy each other's files. What stands in
 * the file that is locked tells whether whoever had it last came to an orderly end, even one that had nothing to write.
 */
final class LogDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogDirectory.class);

    private static final byte[] MARK = "recording\n".getBytes(StandardCharsets.US_ASCII);

    private final Path path;
    private final FileChannel lock;
    private final boolean brokenOff;

    private LogDirectory(Path path, FileChannel lock, boolean brokenOff) {
        this.path = path;
        this.lock = lock;
        this.brokenOff = brokenOff;
    }

    /**
     * Makes it if it is missing, and locks it until {@link #close()}.
     *
     * @throws IOException if that can't be done, above all when another process has it
     */
    @SuppressWarnings("resource") // the lock is released with its channel
    static LogDirectory open(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new LogDirectory(path, channel, channel.size() > 0);
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process; said below.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException("another Switchboard records in " + path);
    }

    Path path() {
        return path;
    }

    /** Whether the run before began to record and never came to its end. */
    boolean brokenOff() {
        return brokenOff;
    }

    /** Until {@link #endedInOrder()} this run counts as broken off. */
    void begun() {
        try {
            lock.write(ByteBuffer.wrap(MARK), 0);
            // Files of earlier runs may lack the mark of an orderly end; this one tells after a power cut, too.
            lock.force(true);
        } catch (IOException e) {
            log.warn("{} is not marked as being recorded to: should this run be killed, it may not be told", path, e);
        }
    }

    /** Nothing is missing of what this run recorded. */
    void endedInOrder() {
        try {
            lock.truncate(0);
        } catch (IOException e) {
            log.warn("{} is not marked as ended in order, and will be taken for broken off", path, e);
        }
    }

    LogFile file(long number) {
        return new LogFile(path, false, number, 0);
    }

    LogFile imported(long number) {
        return new LogFile(path, true, number, 0);
    }

    /** The files of the log, in order; of one that was rewritten only the newest, the others are deleted. */
    List<LogFile> files() throws IOException {
        List<LogFile> all;
        try (Stream<Path> paths = Files.list(path)) {
            paths.filter(file -> file.toString().endsWith(LogFile.UNFINISHED)).forEach(this::delete);
        }
        try (Stream<Path> paths = Files.list(path)) {
            all = paths.map(LogFile::of).flatMap(Optional::stream).sorted().toList();
        }
        List<LogFile> newest = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i + 1 < all.size() && superseded(all.get(i), all.get(i + 1))) {
                delete(all.get(i));
            } else {
                newest.add(all.get(i));
            }
        }
        return newest;
    }

    private static boolean superseded(LogFile file, LogFile next) {
        return file.number() == next.number() && file.imported() == next.imported();
    }

    /** What can't be deleted is left to the next start. */
    void delete(LogFile file) {
        delete(file.path());
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} could not be deleted: {}", file, e.toString());
        }
    }

    /** Cuts off what stands behind the last whole record. */
    void cut(LogFile file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("{} could not be unlocked", path, e);
        }
    }
}
