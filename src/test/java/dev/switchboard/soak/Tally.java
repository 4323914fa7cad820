package dev.switchboard.soak;

import java.util.concurrent.atomic.LongAdder;

/** What one kind of trouble has done. Any thread. */
final class Tally {

    final LongAdder units = new LongAdder();
    /** Frames that came back as they should, or requests that were answered as they should. */
    final LongAdder checked = new LongAdder();

    final LongAdder connections = new LongAdder();
    final LongAdder failures = new LongAdder();
}
