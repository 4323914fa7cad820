package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.List;

/**
 * A step of reading history in the order of capture.
 *
 * @param events oldest first. The first may hold frames at or before the place where reading began: the reader passes
 *     over those
 * @param upTo the last id that this step covers, whether or not there was something: reading goes on after it
 * @param forgotten how many frames after that place were dropped to stay within the bounds of history, at the most:
 *     exact where everything older is forgotten too, otherwise no less than the truth; what was deleted on request does
 *     not count
 */
public record Reading(List<TrafficEvent> events, long upTo, long forgotten) {}
