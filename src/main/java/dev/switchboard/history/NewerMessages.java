package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import java.util.List;
import java.util.OptionalLong;

/**
 * The page of messages that comes right after an id.
 *
 * @param items newest first, as in every page
 * @param reached what to pass as {@code after} for what comes next, now or later
 * @param captureGap how many frames in the page's range crossed the wire and were not recorded
 * @param searchedTo empty as a rule; where time ran out, the time reached: everything earlier was looked at
 */
public record NewerMessages(List<Frame> items, long reached, long captureGap, OptionalLong searchedTo) {}
