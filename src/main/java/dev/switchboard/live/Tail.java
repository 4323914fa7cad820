package dev.switchboard.live;

import dev.switchboard.history.History;
import dev.switchboard.history.Reading;
import dev.switchboard.traffic.Batch;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Follower;
import dev.switchboard.traffic.TrafficEvent;
import java.time.Duration;
import java.util.List;

/**
 * Reads on from an id, every event once and in order: out of the capture's ring, and out of history what the ring no
 * longer holds. So a reader that comes back after a while, or was too slow, still sees everything that history keeps.
 *
 * <p>Used by one thread, but for {@link #close()}, which any thread may call and which ends a wait.
 */
final class Tail implements AutoCloseable {

    private final History history;
    private final Follower follower;
    private final int max;

    /** The last id handed out. */
    private long seen;

    /** Up to here history has it, and the ring perhaps no longer. */
    private long behind;

    /**
     * @param after begin with what has greater ids
     * @param max how many events to hold at a time
     */
    Tail(Capture capture, History history, long after, int max) {
        this.history = history;
        this.max = max;
        this.follower = capture.follow();
        this.behind = capture.latest();
        this.seen = Math.min(after, behind);
    }

    /**
     * Events one after the other.
     *
     * @param after the id after which they were read: frames at or before it, which the first event may hold, were seen
     * @param to the last id they cover
     * @param events possibly none, when nothing came or what came was seen before
     * @param lost how many frames between {@code after} and the first of them are kept nowhere any more, at the most
     */
    record Step(long after, long to, List<TrafficEvent> events, long lost) {}

    /** What comes next; an empty step after {@code patience} when nothing did. */
    Step next(Duration patience) throws InterruptedException {
        return seen < behind ? remembered() : captured(patience);
    }

    private Step remembered() {
        long after = seen;
        Reading reading = history.read(after, behind, max);
        seen = Math.max(after, reading.upTo());
        return new Step(after, seen, reading.events(), reading.forgotten());
    }

    private Step captured(Duration patience) throws InterruptedException {
        long after = seen;
        List<TrafficEvent> events = unseen(patience);
        if (events.isEmpty()) {
            return new Step(after, after, events, 0);
        }
        long last = events.getLast().lastId();
        if (events.getFirst().id() > after + 1) {
            // Ids were passed over: the ring went round, or datagrams took ids without being recorded. History knows.
            behind = last;
            return remembered();
        }
        seen = last;
        return new Step(after, last, events, 0);
    }

    private List<TrafficEvent> unseen(Duration patience) throws InterruptedException {
        while (true) {
            Batch batch = follower.next(max, Duration.ZERO, patience);
            List<TrafficEvent> events = batch.events();
            if (events.isEmpty() || events.getFirst().lastId() > seen) {
                return events;
            }
            List<TrafficEvent> unseen =
                    events.stream().filter(event -> event.lastId() > seen).toList();
            if (!unseen.isEmpty()) {
                return unseen;
            }
        }
    }

    /** The last id handed out. */
    long seen() {
        return seen;
    }

    /** Takes back what was handed out after {@code id}; it will come again, out of history. */
    void backTo(long id) {
        behind = Math.max(behind, seen);
        seen = Math.min(seen, id);
    }

    /**
     * Waits until something comes, or it is closed.
     *
     * @return false when nothing did after {@code patience}
     */
    boolean await(Duration patience) throws InterruptedException {
        return seen < behind || follower.await(patience);
    }

    /** Goes on after {@code id}, later than what was handed out last, since the reader has that from elsewhere. */
    void skipTo(long id) {
        seen = Math.max(seen, id);
        if (seen >= behind) {
            follower.skip(seen);
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
