package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    private final Path path;
    private final Opening opening;
    private final LongSupplier clock;
    private @Nullable IndexedLog into;
    private @Nullable Outage outage;
    private long nextTry;

    /** Opens the log. */
    interface Opening {
        IndexedLog open() throws IOException;
    }

    /** Opens what is there. When that can't be done, it is an outage. */
    Recording(Path path, Opening opening, LongSupplier clock) {
        this.path = path;
        this.opening = opening;
        this.clock = clock;
        try {
            into = opening.open();
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
        resume();
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
        return failure == null ? 0 : begin(failure).miss(lost);
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
            }
            over.keep(files.append(List.copyOf(over.gaps())));
            if (over.gaps().isEmpty()) {
                outage = null;
                log.info("History is recorded again; {} frames are missing.", over.frames());
            }
        } catch (IOException e) {
            log.debug("history still can't be recorded: {}", e.toString());
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
