package dev.switchboard.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes, and none that are too long. Used by one thread. */
final class LineReader {

    /** The largest frame there can be, each byte escaped within JSON, and the rest of the object. */
    static final int MAX_LINE = 96 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long number;
    private boolean ended;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Without the line feed; null at the end. */
    byte @Nullable [] next() throws IOException, UnreadableImportException {
        ByteArrayOutputStream gathered = null;
        number++;
        while (true) {
            for (int i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    byte[] line = joined(gathered, i);
                    from = i + 1;
                    return line;
                }
            }
            if (to > from) {
                gathered = gathered == null ? new ByteArrayOutputStream(to - from) : gathered;
                gathered.write(buffer, from, to - from);
                if (gathered.size() > MAX_LINE) {
                    throw new UnreadableImportException("line " + number + " has more than " + MAX_LINE + " bytes");
                }
            }
            from = 0;
            to = Math.max(0, in.read(buffer, 0, buffer.length));
            if (to == 0) {
                ended = true;
                return gathered == null ? null : gathered.toByteArray();
            }
        }
    }

    private byte[] joined(@Nullable ByteArrayOutputStream before, int end) {
        if (before == null) {
            return java.util.Arrays.copyOfRange(buffer, from, end);
        }
        before.write(buffer, from, end - from);
        return before.toByteArray();
    }

    /** Of the line read last, from 1. */
    long number() {
        return number;
    }

    /** Whether the line read last had no line feed: the file may have been cut there. */
    boolean torn() {
        return ended;
    }
}
