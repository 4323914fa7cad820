package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what stands in a file of the log by reading it: for files that the index does not know, and for the end of
 * the one that was being written when the process was killed. Used by one thread.
 */
final class LogScan {

    private static final Logger log = LoggerFactory.getLogger(LogScan.class);
    private static final int WINDOW = 1 << 20;

    private final LogFile file;
    private final SegmentCache cache;
    private final List<FileStretch> stretches = new ArrayList<>();
    private long wholeUpTo;
    private long length;
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
     * @param orderly whether the file ends with the mark of an orderly end
     */
    record Found(List<FileStretch> stretches, long wholeUpTo, long length, boolean orderly) {}

    /** Reads on from an offset at which a block begins. */
    static Found from(LogFile file, long offset, SegmentCache cache) throws IOException {
        LogScan scan = new LogScan(file, cache);
        scan.read(offset);
        return new Found(scan.stretches, scan.wholeUpTo, scan.length, scan.orderly);
    }

    private void read(long offset) throws IOException {
        List<Long> begins = new ArrayList<>();
        long end = walk(offset, begins);
        wholeUpTo = begins.isEmpty() ? end : begins.getFirst();
        for (int i = 0; i < begins.size(); i++) {
            long from = begins.get(i);
            long to = i + 1 < begins.size() ? begins.get(i + 1) : end;
            add(from, Math.toIntExact(to - from));
        }
    }

    /**
     * From block to block.
     *
     * @return where the last whole block ends
     */
    private long walk(long offset, List<Long> begins) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            length = channel.size();
            ByteBuffer window =
                    ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN).limit(0);
            long windowAt = offset;
            long at = offset;
            while (length - at >= 16) {
                if (at - windowAt + 16 > window.limit()) {
                    windowAt = at;
                    window.clear();
                    while (window.hasRemaining() && channel.read(window, windowAt + window.position()) > 0) {}
                    window.flip();
                }
                int place = (int) (at - windowAt);
                int size = window.getInt(place + 4);
                if (size < 12 || size % 4 != 0 || size > LogBlock.LARGEST || size > length - at) {
                    return at;
                }
                if (window.getInt(place) == LogFormat.BLOCK && window.get(place + 8) == LogFormat.STRETCH) {
                    begins.add(at);
                }
                at += size;
            }
            return at;
        }
    }

    private void add(long offset, int size) throws IOException {
        byte[] bytes = new byte[size];
        int read = file.read(offset, bytes, size);
        EventDecoder decoder = new EventDecoder(bytes, 0, read, null);
        List<TrafficEvent> events = new ArrayList<>();
        boolean split = false;
        try {
            for (TrafficEvent event = decoder.next(); event != null; event = decoder.next()) {
                events.add(event);
                split |= event.weight() > LogFormat.ONE_PACKET;
            }
        } catch (EventDecoder.DamagedException e) {
            log.warn("{} is damaged in what begins at byte {}: {}", file.name(), offset, e.getMessage());
            split = true;
        }
        wholeUpTo = offset + decoder.wholeUpTo();
        orderly = decoder.ended();
        if (events.isEmpty()) {
            return;
        }
        TrafficEvent[] all = events.toArray(new TrafficEvent[0]);
        Outline.Tally tally = Outline.Tally.NONE;
        for (TrafficEvent event : all) {
            tally = tally.plus(event, 0);
        }
        tally = new Outline.Tally(decoder.wholeUpTo(), tally.frames(), tally.lifeCycles(), tally.gaps());
        stretches.add(new FileStretch(file, offset, decoder.wholeUpTo(), split, Outline.of(all, tally), cache));
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
