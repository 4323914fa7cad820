package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of messages.
 *
 * @param items newest first
 * @param next what to pass as {@code before} for the page after this one; empty at the end. Where time ran out it is
 *     the place reached
 * @param captureGap how many frames in the page's range crossed the wire and were not recorded: those of the filter's
 *     endpoint (of the connection's, where the filter names a connection) between the page's upper bound and its oldest
 *     item, or the filter's lower bound where this is the last page, or the place reached where time ran out; 0 where
 *     the filter names a connection and nothing was found
 * @param searchedTo empty as a rule; where time ran out before the page was full or history at its end, the time
 *     reached: everything later was looked at. In nanoseconds since the Unix epoch
 */
public record MessagePage(List<Frame> items, OptionalLong next, long captureGap, OptionalLong searchedTo) {

    /** Whether there was time enough. */
    public boolean complete() {
        return searchedTo.isEmpty();
    }
}
