package dev.switchboard.soak;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What went wrong, as sentences. Any thread. */
final class Failures {

    private static final int KEPT = 100;

    private final PrintStream out;
    private final List<String> kept = new ArrayList<>();
    private long count;

    Failures(PrintStream out) {
        this.out = out;
    }

    synchronized void add(String sentence) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(sentence);
            out.println("FAILED " + sentence);
        }
    }

    /** How many, those that are not kept included. */
    synchronized long count() {
        return count;
    }

    synchronized List<String> sentences() {
        return List.copyOf(kept);
    }
}
