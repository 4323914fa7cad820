package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of life-cycle events.
 *
 * @param items newest first
 * @param next what to pass as {@code before} for the page after this one; empty at the end
 */
public record EventPage(List<LifeCycle> items, OptionalLong next) {}
