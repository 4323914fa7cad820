package dev.switchboard.history;

import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A time in which nothing can be recorded: why, since when, and what is missing for it. What is missing becomes gaps,
 * which readers see at once and which are written into the log when that works again. Used by whoever holds the store's
 * lock.
 */
final class Outage {

    /** From so many on, gaps of one endpoint become one. */
    private static final int MAX_GAPS = 1024;

    private final long since;
    private final String reason;
    private List<Gap> gaps = new ArrayList<>();
    private long frames;

    /** @param since nanoseconds since the Unix epoch */
    Outage(long since, IOException reason, Path directory) {
        this.since = since;
        this.reason = sentence(reason, directory);
    }

    long since() {
        return since;
    }

    /** In words that a person can read, without a full stop. */
    String reason() {
        return reason;
    }

    /** How many frames were not recorded. */
    long frames() {
        return frames;
    }

    /** What readers see in the place of what is missing, in order. */
    List<Gap> gaps() {
        return gaps;
    }

    /** Of what readers saw only this is left: the rest is in the log by now. */
    void keep(List<TrafficEvent> left) {
        gaps = new ArrayList<>();
        for (TrafficEvent event : left) {
            if (event instanceof Gap gap) {
                gaps.add(gap);
            }
        }
    }

    /** Gives the gaps ids after another one, of which there are enough. */
    void moveBehind(long id) {
        long next = id + 1;
        List<Gap> moved = new ArrayList<>();
        for (Gap gap : gaps) {
            moved.add(new Gap(next++, gap.at(), gap.endpoint(), gap.missed()));
        }
        gaps = moved;
    }

    /**
     * Counts events that can't be recorded.
     *
     * @return how many frames they hold
     */
    long miss(List<TrafficEvent> events) {
        Map<String, Gap> missed = new LinkedHashMap<>();
        long lost = 0;
        for (TrafficEvent event : events) {
            long frames = event instanceof Gap gap ? gap.missed() : event.frames();
            // A gap was counted before, by who reported it.
            lost += event.frames();
            if (frames > 0) {
                missed.merge(
                        event.endpoint(),
                        new Gap(event.lastId(), event.at(), event.endpoint(), frames),
                        (before, now) -> new Gap(now.id(), now.at(), now.endpoint(), before.missed() + now.missed()));
            }
        }
        frames += lost;
        add(missed.values());
        return lost;
    }

    private void add(Iterable<Gap> more) {
        List<Gap> sorted = new ArrayList<>();
        more.forEach(sorted::add);
        sorted.sort(Comparator.comparingLong(Gap::id));
        gaps.addAll(sorted);
        if (gaps.size() > MAX_GAPS) {
            Map<String, Gap> merged = new LinkedHashMap<>();
            for (Gap gap : gaps) {
                merged.merge(
                        gap.endpoint(),
                        gap,
                        (before, now) -> new Gap(now.id(), now.at(), now.endpoint(), before.missed() + now.missed()));
            }
            gaps = new ArrayList<>(merged.values());
            gaps.sort(Comparator.comparingLong(Gap::id));
        }
    }

    private static String sentence(IOException e, Path directory) {
        String said = e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : String.valueOf(e.getMessage());
        if (said.contains("No space left")) {
            return "the disk of " + directory + " is full";
        }
        if (said.contains("Read-only file system")) {
            return directory + " is on a file system that can't be written";
        }
        if (e instanceof NoSuchFileException) {
            return directory + " is not there";
        }
        if (e instanceof FileAlreadyExistsException) {
            return directory + " is not a folder";
        }
        if (e instanceof AccessDeniedException || said.contains("Permission denied")) {
            return directory + " may not be written by this process";
        }
        return said.contains(directory.toString()) ? said : directory + ": " + said;
    }
}
