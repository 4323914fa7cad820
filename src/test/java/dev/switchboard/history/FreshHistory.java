package dev.switchboard.history;

import dev.switchboard.traffic.Capture;
import java.time.Duration;

/** A history in memory in which there is nothing yet. */
public final class FreshHistory {

    private static final Capture NOTHING_HAPPENS = new Capture(1 << 20, 1024);

    private static final Recorder RECORDER = new Recorder(NOTHING_HAPPENS, store());

    static {
        RECORDER.start();
    }

    private FreshHistory() {}

    public static History make() {
        return new History(NOTHING_HAPPENS, RECORDER, store(), Duration.ofMinutes(1));
    }

    /** Has every kind of question answered, as the API would; what comes of it is of no interest. */
    public static void ask(History history) {
        SummaryView.of(history.summary(MessageFilter.ALL, 7));
        history.events(new EventFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE), Long.MAX_VALUE, 1000);
        history.messagesAfter(MessageFilter.ALL, 0, 1000);
    }

    private static HistoryStore store() {
        return new MemoryStore(64 << 20, Duration.ofDays(36_500), NOTHING_HAPPENS::now);
    }
}
