package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of events in a file of the log.
 *
 * @param offset of its first block in the file
 * @param length of its blocks in bytes
 * @param split whether something in it is written in pieces, so that what a search looks for may not lie in one
 */
record FileStretch(LogFile file, long offset, int length, boolean split, Outline outline, SegmentCache cache)
        implements Stretch {

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
        EventReader reader = new EventReader(file, offset, bytes, read, filter);
        List<TrafficEvent> events = new ArrayList<>();
        for (TrafficEvent event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        TrafficEvent[] all = Ascending.of(events).toArray(NONE);
        return new Segment(all, all.length, outline);
    }

    /** With what its events are read in their places, for writing them anew. */
    EventReader reader() {
        byte[] bytes = new byte[length];
        return new EventReader(file, offset, bytes, read(bytes), null);
    }

    FileStretch in(LogFile other) {
        return new FileStretch(other, offset, length, split, outline, cache);
    }
}
