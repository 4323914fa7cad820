package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what stands in a file of the log by reading it: for files that the index does not know, and for the end of
 * the one that was being written when the process was killed. Used by one thread.
 */
final class LogScan {

    private static final int WINDOW = 1 << 20;

    private final LogFile file;
    private final SegmentCache cache;
    private final List<FileStretch> stretches = new ArrayList<>();
    private long wholeUpTo;
    private long length;
    private long damaged;
    private boolean orderly;

    private LogScan(LogFile file, SegmentCache cache) {
        this.file = file;
        this.cache = cache;
    }

    /**
     * What was found.
     *
     * @param stretches those from the offset on
     * @param wholeUpTo where the last whole record ends; what follows can't be read
     * @param length of the file
     * @param damaged how many bytes before that can't be read, either
     * @param orderly whether the file ends with the mark of an orderly end
     */
    record Found(List<FileStretch> stretches, long wholeUpTo, long length, long damaged, boolean orderly) {}

    /** Reads on from an offset at which a block begins. */
    static Found from(LogFile file, long offset, SegmentCache cache) throws IOException {
        LogScan scan = new LogScan(file, cache);
        scan.read(offset);
        return new Found(scan.stretches, scan.wholeUpTo, scan.length, scan.damaged, scan.orderly);
    }

    private void read(long offset) throws IOException {
        List<Long> begins = new ArrayList<>();
        long end = walk(offset, begins);
        wholeUpTo = begins.isEmpty() ? end : begins.getFirst();
        for (int i = 0; i < begins.size(); i++) {
            long from = begins.get(i);
            long to = i + 1 < begins.size() ? begins.get(i + 1) : end;
            add(from, Math.toIntExact(to - from), i + 1 == begins.size());
        }
    }

    /**
     * From block to block, over what is damaged in between.
     *
     * @return where the last whole block ends
     */
    private long walk(long offset, List<Long> begins) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            length = channel.size();
            Window window = new Window(channel);
            long at = offset;
            while (length - at >= 12) {
                int type = window.at(at);
                int size = window.at(at + 4);
                int kind = window.at(at + 8) & 0xFF;
                if (!BlockSearch.whole(window, at, length)) {
                    boolean beyond = BlockSearch.ours(type) && BlockSearch.possible(size) && size > length - at;
                    // Half written, unless its end is there: what it holds is not taken for blocks.
                    long next = beyond ? BlockSearch.end(window, at, length) : BlockSearch.behind(window, at, length);
                    if (next < 0) {
                        return at;
                    }
                    at = next;
                    continue;
                }
                boolean begin = type == LogFormat.BLOCK && kind == LogFormat.STRETCH;
                boolean end = type == LogFormat.BLOCK && kind == LogFormat.END;
                // Where the mark of the first one is damaged, it begins with what is left of it.
                if (begin || (begins.isEmpty() && type != BlockWriter.SECTION_HEADER && !end)) {
                    begins.add(at);
                }
                at += size;
            }
            return at;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Reads a file by words, for the most part one after the other. */
    private static final class Window implements BlockSearch.Words {

        private final FileChannel channel;
        private final ByteBuffer buffer =
                ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN).limit(0);
        private final ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        private long begin;

        private Window(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int at(long place) {
            try {
                if (place >= begin && place - begin + 4 <= buffer.limit()) {
                    return buffer.getInt((int) (place - begin));
                }
                if (place > begin + WINDOW) {
                    // The end of a block, maybe; whoever asks comes back.
                    read(word, place);
                    return word.getInt(0);
                }
                begin = place;
                read(buffer, place);
                return buffer.getInt(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read(ByteBuffer into, long place) throws IOException {
            into.clear();
            while (into.hasRemaining() && channel.read(into, place + into.position()) > 0) {}
            into.flip();
        }
    }

    private void add(long offset, int size, boolean last) throws IOException {
        byte[] bytes = new byte[size];
        int read = file.read(offset, bytes, size);
        EventReader reader = new EventReader(file, offset, bytes, read, null);
        List<TrafficEvent> events = new ArrayList<>();
        boolean split = false;
        for (TrafficEvent event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
            split |= event.weight() > LogFormat.ONE_PACKET;
        }
        split |= reader.damaged();
        damaged += reader.passedOver() + (last ? 0 : size - reader.wholeUpTo());
        wholeUpTo = offset + reader.wholeUpTo();
        orderly = reader.ended();
        if (events.isEmpty()) {
            return;
        }
        TrafficEvent[] all = Ascending.of(events).toArray(new TrafficEvent[0]);
        Outline.Tally tally = Outline.Tally.NONE;
        for (TrafficEvent event : all) {
            tally = tally.plus(event, 0);
        }
        tally = new Outline.Tally(reader.wholeUpTo(), tally.frames(), tally.lifeCycles(), tally.gaps());
        stretches.add(new FileStretch(file, offset, reader.wholeUpTo(), split, Outline.of(all, tally), cache));
    }

    /** The life-cycle events of stretches. */
    static List<LifeCycle> lifeCycles(List<? extends Stretch> stretches) {
        List<LifeCycle> found = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.outline().tally().lifeCycles() > 0) {
                for (TrafficEvent event : stretch.load().events()) {
                    if (event instanceof LifeCycle lifeCycle) {
                        found.add(lifeCycle);
                    }
                }
            }
        }
        return found;
    }
}
