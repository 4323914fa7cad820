package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One file of the log while it is written: what is written gathers in memory and goes to the file with
 * {@link #flush()}, in one write. The file always ends with a whole record: where a write fails, what it left is cut
 * off. Used by whoever holds the store's lock; who made it closes it.
 */
final class LogWriter {

    /** Larger writes gain nothing, and from here on what was written is not in the processor's cache any more. */
    static final int FLUSH_BYTES = 1 << 18;

    private final LogFile file;
    private final FileChannel channel;
    private final BlockWriter out;
    private final EventEncoder encoder;

    /** How much of the file is certain. */
    private long flushed;

    /**
     * @param path where the file is for now
     * @param out from {@link #buffer()}, empty; the next writer may have it when this one was flushed
     * @throws IOException if the file can't be made; then there is none
     */
    LogWriter(LogFile file, Path path, Conversations conversations, BlockWriter out) throws IOException {
        this.file = file;
        this.out = out;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.encoder = new EventEncoder(conversations, out);
    }

    /** Holds what {@link #full} allows and a large record more, so that it seldom has to grow. */
    static BlockWriter buffer() {
        return BlockWriter.forFiles(FLUSH_BYTES * 3 / 2);
    }

    LogFile file() {
        return file;
    }

    /** Where the next byte will stand. */
    long size() {
        return flushed + out.size();
    }

    /** Enough waits to be flushed. */
    boolean full() {
        return out.size() >= FLUSH_BYTES;
    }

    EventEncoder encoder() {
        return encoder;
    }

    /** Begins a stretch; it can be read from here on. */
    long beginStretch() {
        long offset = size();
        encoder.beginStretch();
        return offset;
    }

    /** @return how many bytes of the file it takes */
    int write(TrafficEvent event) {
        int before = out.size();
        encoder.write(event);
        return out.size() - before;
    }

    /** @throws IOException when not all of it could be written; then none of it was, and this writer is at its end */
    void flush() throws IOException {
        int size = out.size();
        try {
            out.drainTo(channel);
            flushed += size;
        } catch (IOException e) {
            out.clear();
            cut(e);
            throw e;
        }
    }

    /** Takes back what waits to be flushed; this writer is at its end. */
    void discard() {
        out.clear();
    }

    private void cut(IOException reason) {
        try {
            channel.truncate(flushed);
        } catch (IOException e) {
            // What stands there beyond the last whole record is passed over by whoever reads it.
            reason.addSuppressed(e);
        }
    }

    /** For syncing, and for closing in the end. */
    FileChannel channel() {
        return channel;
    }
}
