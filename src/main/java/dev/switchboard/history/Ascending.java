package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Finds out which of the events that were read have ids that were damaged: those that are out of order. Everything is
 * found by ids that increase, so one that does not would hide others.
 */
final class Ascending {

    private Ascending() {}

    /** Places of those that are in order, as many as can be. */
    static BitSet in(List<TrafficEvent> events) {
        BitSet good = new BitSet(events.size());
        good.set(0, events.size());
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).id() <= events.get(i - 1).lastId()) {
                return longest(events);
            }
        }
        return good;
    }

    /** Those that are in order; the very same list when all of them are. */
    static List<TrafficEvent> of(List<TrafficEvent> events) {
        BitSet good = in(events);
        return good.cardinality() == events.size()
                ? events
                : good.stream().<TrafficEvent>mapToObj(events::get).toList();
    }

    /** The longest ascending subsequence, as patience finds it. */
    private static BitSet longest(List<TrafficEvent> events) {
        int[] before = new int[events.size()];
        long[] tops = new long[events.size()];
        int[] places = new int[events.size()];
        int piles = 0;
        for (int i = 0; i < events.size(); i++) {
            int found = Arrays.binarySearch(tops, 0, piles, events.get(i).id());
            int pile = found < 0 ? -found - 1 : found;
            tops[pile] = events.get(i).id();
            places[pile] = i;
            before[i] = pile == 0 ? -1 : places[pile - 1];
            piles = Math.max(piles, pile + 1);
        }
        Deque<Integer> ascending = new ArrayDeque<>();
        for (int i = piles == 0 ? -1 : places[piles - 1]; i >= 0; i = before[i]) {
            ascending.push(i);
        }
        BitSet good = new BitSet(events.size());
        List<Integer> order = new ArrayList<>(ascending);
        for (int i = 0; i < order.size(); i++) {
            long next = i + 1 < order.size() ? events.get(order.get(i + 1)).id() : Long.MAX_VALUE;
            if (events.get(order.get(i)).lastId() < next) {
                good.set(order.get(i));
            }
        }
        return good;
    }
}
