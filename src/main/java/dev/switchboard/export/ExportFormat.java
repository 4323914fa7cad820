package dev.switchboard.export;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.util.List;

/**
 * How an export is written, oldest first. Used by one thread; each method throws {@link IOException} when the client is
 * gone.
 */
interface ExportFormat {

    /**
     * An event that holds messages.
     *
     * @param frames those of its frames that are meant; all of them unless the filter looks into messages
     * @param whole whether the filter means the event as a whole, bytes that are no message yet included
     */
    void messages(TrafficEvent event, List<Frame> frames, boolean whole) throws IOException;

    /** A step in the life of a socket that is meant. */
    void lifeCycle(LifeCycle event) throws IOException;

    /** Frames that were not recorded. */
    void gap(Gap gap) throws IOException;

    /** A step of the export is over: hands on what gathered. */
    void step() throws IOException;

    /** The export is over. */
    void end() throws IOException;
}
