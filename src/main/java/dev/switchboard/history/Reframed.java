package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages that another framing makes of what crossed a connection.
 *
 * @param items newest first. Their ids name the place: that of the chunk in which they end, so several may share one
 * @param next what to pass for the page after this one; null at the end
 * @param captureGap as for every page
 * @param cutAt where what is older is to be cut anew, the time of that place, in nanoseconds since the Unix epoch
 */
record Reframed(List<Frame> items, @Nullable String next, long captureGap, OptionalLong cutAt) {}
