package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events into the log or, while that can't be done, counts what is missing, and tries again once a second. It
 * never keeps anybody from going on. Used by whoever holds the store's lock.
 */
final class Recording {

    private static final Logger log = LoggerFactory.getLogger(Recording.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** For the ids of gaps. */
    private static final int ROOM = 1 << 16;

    private final Path path;
    private final Opening opening;
    private final LongSupplier clock;
    private final LongConsumer goOnAfter;
    private @Nullable IndexedLog into;
    private @Nullable Outage outage;
    private long nextTry;
    private long lastSeen;
    private long written;

    /** What has no greater id than this can't be written. */
    private long floor;

    /** Opens the log. */
    interface Opening {
        IndexedLog open() throws IOException;
    }

    /**
     * Opens what is there. When that can't be done, it is an outage.
     *
     * @param goOnAfter is told, when the log could be opened later than that, up to which id none may be given any more
     * @throws UncheckedIOException of a {@link NewerStoreException}: time will not mend that
     */
    Recording(Path path, Opening opening, LongSupplier clock, LongConsumer goOnAfter) {
        this.path = path;
        this.opening = opening;
        this.clock = clock;
        this.goOnAfter = goOnAfter;
        try {
            into = opening.open();
        } catch (NewerStoreException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            begin(e);
        }
    }

    /** Where events go; null while it can't be opened, and after the end. */
    @Nullable
    IndexedLog into() {
        return into;
    }

    private Outage begin(IOException reason) {
        Outage begun = new Outage(clock.getAsLong(), reason, path);
        outage = begun;
        nextTry = System.nanoTime() + RETRY_NANOS;
        log.error("History is not recorded: {}. Trying again every second.", begun.reason());
        return begun;
    }

    /** @return how many frames could not be stored */
    long write(List<TrafficEvent> events) {
        lastSeen = events.getLast().lastId();
        resume();
        if (outage == null && events.getFirst().id() <= floor) {
            begin(new IOException("what is captured has smaller ids than what an earlier run recorded"));
        }
        Outage now = outage;
        if (now != null) {
            return now.miss(events);
        }
        IndexedLog files = into;
        if (files == null) {
            throw new IllegalStateException("closed");
        }
        List<TrafficEvent> lost = files.append(events);
        IOException failure = files.failure();
        if (failure != null) {
            return begin(failure).miss(lost);
        }
        written = lastSeen;
        return 0;
    }

    /** Tries again if nothing can be written, and it is time. */
    void resume() {
        Outage over = outage;
        if (over == null || System.nanoTime() < nextTry) {
            return;
        }
        nextTry = System.nanoTime() + RETRY_NANOS;
        try {
            IndexedLog files = into;
            if (files == null) {
                files = opening.open();
                into = files;
                goOnBehind(files.lastId());
            }
            if (!over.gaps().isEmpty() && over.gaps().getFirst().id() <= written) {
                over.moveBehind(written);
            }
            written = over.gaps().isEmpty() ? written : over.gaps().getLast().id();
            over.keep(files.append(List.copyOf(over.gaps())));
            if (over.gaps().isEmpty()) {
                outage = null;
                log.info("History is recorded again; {} frames are missing.", over.frames());
            }
        } catch (IOException e) {
            log.debug("history still can't be recorded: {}", e.toString());
        }
    }

    /**
     * What is in the log is found by ids that increase. There may be greater ones in it than were given since the
     * process began without it; then others follow from now on, with room for the gaps before them.
     */
    private void goOnBehind(long found) {
        written = found;
        if (found > 0 && lastSeen <= found) {
            floor = found + ROOM;
            goOnAfter.accept(floor);
        }
    }

    /** All there is, for readers. */
    List<Stretch> stretches() {
        List<Stretch> stretches = into == null ? new ArrayList<>() : into.stretches();
        if (outage != null && !outage.gaps().isEmpty()) {
            TrafficEvent[] gaps = outage.gaps().toArray(new TrafficEvent[0]);
            Outline.Tally tally = new Outline.Tally(0, 0, 0, gaps.length);
            stretches.add(Segment.growing(gaps, gaps.length, tally));
        }
        return stretches;
    }

    HistoryStatus status() {
        return new HistoryStatus(
                "disk",
                Optional.ofNullable(outage)
                        .map(now -> new HistoryStatus.Outage(now.since(), now.reason(), now.frames())),
                into == null ? Optional.empty() : into.lastRun());
    }

    /** Ends in order, if that can be done. */
    void end() {
        // What is missing is to be known in the next run, too, if there is any way to write it down.
        nextTry = System.nanoTime();
        resume();
        if (into != null) {
            into.end(outage == null);
        }
    }

    /** Lets go of the log. */
    void close() {
        if (into != null) {
            into.close();
            into = null;
        }
    }
}
