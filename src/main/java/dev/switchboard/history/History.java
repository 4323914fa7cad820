package dev.switchboard.history;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Frame;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door to this room: what was captured, remembered within the bounds of {@code switchboard.history}. Whatever
 * happened before a call is found by it, down to the message sent a moment ago: calls wait until what was captured by
 * then is recorded, some milliseconds as a rule. Only when history can't keep up for {@value #PATIENCE_SECONDS} seconds
 * do they answer with what there is.
 *
 * <p>Any thread may call any method.
 */
public final class History {

    private static final int PATIENCE_SECONDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    private final Capture capture;
    private final Recorder recorder;
    private final HistoryStore store;
    private final Duration queryTimeout;

    /** @param queryTimeout how long a search may take */
    History(Capture capture, Recorder recorder, HistoryStore store, Duration queryTimeout) {
        this.capture = capture;
        this.recorder = recorder;
        this.store = store;
        this.queryTimeout = queryTimeout;
    }

    /**
     * Messages, newest first; as many as are found in {@code switchboard.history.query-timeout}.
     *
     * @param before only messages with ids less than this; {@link Long#MAX_VALUE} for the first page
     * @param limit at least 1
     */
    public MessagePage messages(MessageFilter filter, long before, int limit) {
        catchUp();
        return store.messages(filter, before, limit, Deadline.in(queryTimeout));
    }

    /**
     * The messages that another framing makes of what crossed one connection, newest first.
     *
     * @param filter names a connection
     * @param before the {@code next} of the page before; null for the first
     */
    Reframed reframed(MessageFilter filter, Framing framing, @Nullable String before, int limit) {
        catchUp();
        return Reframing.page(store, filter, framing, before, limit, Deadline.in(queryTimeout));
    }

    /**
     * The messages that come right after an id; bounded in time as a page is.
     *
     * @param after only messages with ids greater than this
     * @param limit at least 1
     */
    public NewerMessages messagesAfter(MessageFilter filter, long after, int limit) {
        catchUp();
        long to = recorder.counters().upTo();
        return new ForwardSearch(store, filter, after, to, limit, Deadline.in(queryTimeout)).page();
    }

    /** What messages add up to, in at most so many parts of the time they span; bounded in time as a page is. */
    Summary summary(MessageFilter filter, int buckets) {
        catchUp();
        return store.summary(filter, buckets, Deadline.in(queryTimeout));
    }

    /** Steps in the lives of sockets, newest first; bounds as for messages. */
    public EventPage events(EventFilter filter, long before, int limit) {
        catchUp();
        return store.events(filter, before, limit);
    }

    /** The message with this id; empty if it never was, is forgotten, or was deleted. */
    public Optional<Frame> message(long id) {
        catchUp();
        return store.message(id);
    }

    /**
     * Everything, in the order of capture, a step at a time.
     *
     * @param after only what has ids greater than this
     * @param to only events whose first id is not greater than this, as far as they are recorded: the answer says
     * @param max how many events at the most, at least 1; fewer when they are large
     */
    public Reading read(long after, long to, int max) {
        return read(MessageFilter.ALL, after, to, max);
    }

    /**
     * As {@link #read(long, long, int)}, but what lies where nothing of {@code passOver} can be, nor a gap of its
     * endpoint, may be left out; what is returned is not filtered. For exports.
     */
    public Reading read(MessageFilter passOver, long after, long to, int max) {
        recorder.await(Math.min(to, capture.latest()), PATIENCE);
        return store.read(passOver, after, Math.min(to, recorder.counters().upTo()), max);
    }

    /**
     * Forgets the messages that match and were captured before this call; life-cycle events stay, but for those of an
     * import when no more than its endpoint is asked for.
     *
     * @return how many
     */
    public long delete(MessageFilter filter) {
        long latest = capture.latest();
        recorder.await(latest, PATIENCE);
        return store.delete(filter, latest);
    }

    /**
     * Begins to take in traffic from elsewhere. All imports together may take half of {@link #maxBytes()}.
     *
     * @throws ImportTooLargeException if there were thousands before
     * @throws HistoryUnwritableException if nothing can be written at present
     */
    public Import beginImport() throws ImportTooLargeException {
        return store.beginImport();
    }

    /**
     * How much may be kept, in bytes: {@code switchboard.history.max-bytes}, or less where there is no room for that.
     */
    public long maxBytes() {
        return store.maxBytes();
    }

    /** What is kept now. */
    public HistoryBounds bounds() {
        catchUp();
        return store.bounds();
    }

    /** Totals that include at least everything up to {@code id}. */
    public Counters counters(long id) {
        recorder.await(id, PATIENCE);
        return recorder.counters();
    }

    /** Why nothing is recorded at present, in a sentence; empty while history records. Never waits. */
    public Optional<String> outage() {
        return store.status().outage().map(HistoryStatus.Outage::reason);
    }

    /** How the store is. */
    HistoryStatus status() {
        return store.status();
    }

    private void catchUp() {
        recorder.await(capture.latest(), PATIENCE);
    }
}
