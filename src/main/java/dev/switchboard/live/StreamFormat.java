package dev.switchboard.live;

import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.MessageView;
import java.io.IOException;

/**
 * How {@code /api/stream} is written. Used by one thread; each method throws {@link IOException} when the reader is
 * gone.
 */
sealed interface StreamFormat permits ServerSentEvents, NdJson {

    /** @param seen what follows has greater ids */
    void begin(long seen) throws IOException;

    void message(long id, MessageView message) throws IOException;

    void lifeCycle(long id, EventView event) throws IOException;

    /**
     * Frames that this reader will not see.
     *
     * @param id who resumes after it is not told again
     */
    void gap(long id, long skipped) throws IOException;

    /**
     * Nothing happened for a while; says so, which also finds out whether the reader is still there.
     *
     * @param seen the last id that was looked at
     */
    void heartbeat(long seen) throws IOException;

    void flush() throws IOException;
}
