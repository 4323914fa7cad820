package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the events of a stretch of the log, and goes on behind what is damaged in it. Used by one thread. */
final class EventReader {

    private static final Logger log = LoggerFactory.getLogger(EventReader.class);

    private final LogFile file;
    private final long offset;
    private final EventDecoder decoder;
    private int passedOver;
    private boolean damaged;

    /**
     * @param file where the bytes come from
     * @param offset where they begin there
     * @param filter as {@link EventDecoder} has it
     */
    EventReader(LogFile file, long offset, byte[] bytes, int length, @Nullable MessageFilter filter) {
        this.file = file;
        this.offset = offset;
        this.decoder = new EventDecoder(bytes, 0, length, filter);
    }

    /** The next event, or null at the end. */
    @Nullable
    TrafficEvent next() {
        while (true) {
            try {
                return decoder.next();
            } catch (EventDecoder.DamagedException e) {
                if (!damaged) {
                    log.warn("{} is damaged in what begins at byte {}: {}", file.name(), offset, e.getMessage());
                }
                damaged = true;
                int passed = decoder.passOver();
                if (passed < 0) {
                    return null;
                }
                passedOver += passed;
            }
        }
    }

    /** Whether anything was damaged so far. */
    boolean damaged() {
        return damaged;
    }

    /** How many bytes were passed over, between what could be read. */
    int passedOver() {
        return passedOver;
    }

    /** As {@link EventDecoder#wholeUpTo}. */
    int wholeUpTo() {
        return decoder.wholeUpTo();
    }

    /** As {@link EventDecoder#ended}. */
    boolean ended() {
        return decoder.ended();
    }

    /** The connections met so far. */
    List<LogPeer> peers() {
        return decoder.peers();
    }
}
