package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stretch of events in a file of the log.
 *
 * @param offset of its first block in the file
 * @param length of its blocks in bytes
 * @param split whether something in it is written in pieces, so that what a search looks for may not lie in one
 */
record FileStretch(LogFile file, long offset, int length, boolean split, Outline outline, SegmentCache cache)
        implements Stretch {

    private static final Logger log = LoggerFactory.getLogger(FileStretch.class);
    private static final TrafficEvent[] NONE = new TrafficEvent[0];

    /** Searches look at one stretch after the other; what they read goes into the same array. */
    private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[0]);

    @Override
    public Segment load() {
        return cache.get(this, () -> {
            byte[] bytes = new byte[length];
            return segment(bytes, read(bytes), null);
        });
    }

    /** Does not go through the cache: a search would push everything else out of it. */
    @Override
    public Segment load(MessageFilter filter) {
        if (filter.wholesale()) {
            return load();
        }
        byte[] bytes = scratch();
        int read = read(bytes);
        if (!split && !filter.contains().stream().allMatch(pattern -> pattern.foundIn(bytes, 0, read))) {
            return new Segment(NONE, 0, outline);
        }
        return segment(bytes, read, filter);
    }

    private byte[] scratch() {
        if (Thread.currentThread().isVirtual()) {
            return new byte[length];
        }
        byte[] scratch = SCRATCH.get();
        if (scratch.length < length) {
            scratch = new byte[length];
            SCRATCH.set(scratch);
        }
        return scratch;
    }

    private int read(byte[] bytes) {
        try {
            return file.read(offset, bytes, length);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file.name(), e);
        }
    }

    private Segment segment(byte[] bytes, int read, @Nullable MessageFilter filter) {
        EventDecoder decoder = new EventDecoder(bytes, 0, read, filter);
        List<TrafficEvent> events = new ArrayList<>();
        try {
            for (TrafficEvent event = decoder.next(); event != null; event = decoder.next()) {
                events.add(event);
            }
        } catch (EventDecoder.DamagedException e) {
            log.warn("{} is damaged in what begins at byte {}: {}", file.name(), offset, e.getMessage());
        }
        return new Segment(events.toArray(NONE), events.size(), outline);
    }

    /** With what its events are read in their places, for writing them anew. */
    EventDecoder decoder() {
        byte[] bytes = new byte[length];
        return new EventDecoder(bytes, 0, read(bytes), null);
    }

    FileStretch in(LogFile other) {
        return new FileStretch(other, offset, length, split, outline, cache);
    }
}
