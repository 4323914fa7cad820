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
 * A file of the log: {@code traffic-00000012.pcapng}, and {@code traffic-00000012-1.pcapng} when it was rewritten once;
 * {@code import-00000003.pcapng} for traffic from elsewhere, which comes before all other. A rewritten file has another
 * name, so that who still reads the old one never takes one for the other.
 *
 * @param imported whether it holds traffic from elsewhere
 * @param number the order of files is that of their numbers
 * @param rewritten how many times
 */
record LogFile(Path directory, boolean imported, long number, int rewritten) implements Comparable<LogFile> {

    static final String UNFINISHED = ".unfinished";

    private static final Pattern NAME = Pattern.compile("(traffic|import)-(\\d{8,18})(?:-(\\d{1,9}))?\\.pcapng");
    private static final Comparator<LogFile> ORDER = Comparator.comparing((LogFile file) -> !file.imported())
            .thenComparingLong(LogFile::number)
            .thenComparingInt(LogFile::rewritten);

    /** The file of that path, if its name is one of ours. */
    static Optional<LogFile> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        Path directory = path.getParent();
        if (!name.matches() || directory == null) {
            return Optional.empty();
        }
        int rewritten = name.group(3) == null ? 0 : Integer.parseInt(name.group(3));
        return Optional.of(
                new LogFile(directory, name.group(1).equals("import"), Long.parseLong(name.group(2)), rewritten));
    }

    String name() {
        // In digits that the pattern knows, whatever those of the locale are.
        return String.format(
                Locale.ROOT,
                "%s-%08d%s.pcapng",
                imported ? "import" : "traffic",
                number,
                rewritten == 0 ? "" : "-" + rewritten);
    }

    Path path() {
        return directory.resolve(name());
    }

    /** Where it is while it is not whole; nobody takes that for a file of the log. */
    Path unfinished() {
        return directory.resolve(name() + UNFINISHED);
    }

    /** The name of what replaces it. */
    LogFile next() {
        return new LogFile(directory, imported, number, rewritten + 1);
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
