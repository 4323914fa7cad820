package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.List;

/**
 * Traffic from elsewhere on its way into history. Nobody sees any of it before {@link #commit()}, and all of it from
 * then on; what is closed without that is forgotten. Used by one thread, which closes it.
 *
 * <p>The ids of an import lie below those of everything captured and above those of the imports before it, so that
 * lists with the newest first show it after what was captured, and who follows or resumes live never comes across it.
 */
public interface Import extends AutoCloseable {

    /** How many ids an import has to give. */
    long IDS = 100_000_000_000L;

    /** The first of the {@value #IDS} ids that the events of this import may have. */
    long firstId();

    /** Which import of this history it is, from 1. */
    default int number() {
        return ImportIds.number(firstId());
    }

    /**
     * Takes in events, after those before: neither ids nor times step back.
     *
     * @throws ImportTooLargeException if there is no room for them; then there is nothing to do but close
     * @throws HistoryUnwritableException if they can't be written; likewise
     */
    void append(List<TrafficEvent> events) throws ImportTooLargeException;

    /**
     * Makes all that was taken in part of history, in one step; at most once, and the last thing before closing.
     *
     * @throws HistoryUnwritableException if that can't be written
     */
    void commit();

    /** Forgets everything unless it was committed. */
    @Override
    void close();
}
