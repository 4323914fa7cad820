package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of messages.
 *
 * @param items newest first
 * @param next what to pass as {@code before} for the page after this one; empty at the end
 * @param captureGap how many frames in the page's range crossed the wire and were not recorded: those of the filter's
 *     endpoint (of the connection's, where the filter names a connection) between the page's upper bound and its oldest
 *     item, or the filter's lower bound where this is the last page
 */
public record MessagePage(List<Frame> items, OptionalLong next, long captureGap) {}
