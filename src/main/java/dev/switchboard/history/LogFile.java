package dev.switchboard.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the log: {@code traffic-00000012.pcapng}, and {@code traffic-00000012-1.pcapng} when it was rewritten once.
 * A rewritten file has another name, so that who still reads the old one never takes one for the other.
 *
 * @param number the order of files is that of their numbers
 * @param rewritten how many times
 */
record LogFile(Path directory, long number, int rewritten) implements Comparable<LogFile> {

    private static final Pattern NAME = Pattern.compile("traffic-(\\d{8,18})(?:-(\\d{1,9}))?\\.pcapng");
    private static final Comparator<LogFile> ORDER =
            Comparator.comparingLong(LogFile::number).thenComparingInt(LogFile::rewritten);

    /** The file of that path, if its name is one of ours. */
    static Optional<LogFile> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        Path directory = path.getParent();
        if (!name.matches() || directory == null) {
            return Optional.empty();
        }
        int rewritten = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
        return Optional.of(new LogFile(directory, Long.parseLong(name.group(1)), rewritten));
    }

    String name() {
        // In digits that the pattern knows, whatever those of the locale are.
        return String.format(Locale.ROOT, "traffic-%08d%s.pcapng", number, rewritten == 0 ? "" : "-" + rewritten);
    }

    Path path() {
        return directory.resolve(name());
    }

    /** The name of what replaces it. */
    LogFile next() {
        return new LogFile(directory, number, rewritten + 1);
    }

    @Override
    public int compareTo(LogFile other) {
        return ORDER.compare(this, other);
    }

    /**
     * Reads {@code length} bytes from {@code offset} on into {@code target}, or as many as there are.
     *
     * @return how many
     * @throws Stretch.GoneException if the file is not there any more
     */
    int read(long offset, byte[] target, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
            return buffer.position();
        } catch (NoSuchFileException e) {
            throw new Stretch.GoneException(e);
        }
    }
}
