package dev.switchboard.live;

import dev.switchboard.history.History;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.Capture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One browser on the live feed. It pulls: its own thread ({@link #run()}) reads from where it left off when the client
 * is ready for more, so nothing is queued for a client that is slow, paused or gone. All other methods may be called by
 * any thread.
 */
final class LiveClient implements Runnable, Readers.Reader {

    private static final Logger log = LoggerFactory.getLogger(LiveClient.class);

    /** Batches on their way to being drawn. */
    private static final int WINDOW = 4;

    private static final int STEP = 1024;

    /** After so long without a word from us a ping finds out whether anybody is still there. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final WebSocketSession session;
    private final Capture capture;
    private final History history;
    private final LiveJson json;
    private final BatchPress press;
    private final Pace pace;
    private final Tail tail;
    private final long latest;
    private final String complaint;

    /** Held while something is sent: sessions take one message at a time. */
    private final ReentrantLock sending = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Long> unacknowledged = new ArrayDeque<>();
    private MessageFilter filter = MessageFilter.ALL;
    private boolean paused;
    private boolean open = true;

    /** Why it ends, as who ended it first had it. */
    private @Nullable CloseStatus closing;

    private long lastSent;

    /**
     * @param press shared by all clients
     * @param start where the client wants to begin
     */
    LiveClient(
            WebSocketSession session,
            Capture capture,
            History history,
            LiveJson json,
            BatchPress press,
            Pace pace,
            LiveStart start) {
        this.session = session;
        this.capture = capture;
        this.history = history;
        this.json = json;
        this.press = press;
        this.pace = pace;
        this.lastSent = System.nanoTime() - pace.tick();
        this.latest = capture.latest();
        this.tail = new Tail(capture, history, Math.min(start.after(), latest), STEP);
        this.complaint = start.complaint();
    }

    @Override
    public void run() {
        CloseStatus status = CloseStatus.NORMAL;
        try {
            send(new TextMessage(json.hello(capture.epoch(), latest, history.counters(latest), history.outage())));
            if (!complaint.isEmpty()) {
                complain(complaint);
            }
            while (awaitTurn()) {
                sendNext();
            }
        } catch (IOException e) {
            log.debug("live client {} is gone: {}", session.getId(), e.toString());
            status = CloseStatus.SESSION_NOT_RELIABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("live client {} can't be served", session.getId(), e);
            status = CloseStatus.SERVER_ERROR;
        } finally {
            close(status);
        }
    }

    private void sendNext() throws IOException, InterruptedException {
        if (!tail.await(IDLE)) {
            send(new PingMessage());
            return;
        }
        if (resting()) {
            return;
        }
        MessageFilter wanted = filter();
        long after = tail.seen();
        BatchPress.Printed batch = press.get(new BatchPress.Wanted(wanted, after), () -> print(wanted, after));
        if (claim(batch, after)) {
            tail.skipTo(batch.to());
            send(new TextMessage(batch.text()));
        } else {
            tail.backTo(after);
        }
    }

    /** A batch of all there is by now. */
    private BatchPress.Printed print(MessageFilter wanted, long after) throws InterruptedException {
        LiveBatch batch = new LiveBatch(wanted, after);
        long enough = capture.latest();
        Tail.Step step = tail.next(Duration.ZERO);
        batch.add(step);
        while (!batch.full() && tail.seen() < enough && step.to() > step.after()) {
            step = tail.next(Duration.ZERO);
            batch.add(step);
        }
        return new BatchPress.Printed(batch.to(), json.batch(batch, history.counters(batch.to()), history.outage()));
    }

    /**
     * Waits until the client wants a batch and may have one.
     *
     * @return false when it is gone
     */
    private boolean awaitTurn() throws InterruptedException, IOException {
        while (true) {
            lock.lockInterruptibly();
            try {
                long idle = IDLE.toNanos();
                while (open && (paused || unacknowledged.size() == WINDOW) && idle > 0) {
                    idle = changed.awaitNanos(idle);
                }
                long early = pace.dueAfter(lastSent) - System.nanoTime();
                while (open && early > 0) {
                    early = changed.awaitNanos(early);
                }
                if (!open) {
                    return false;
                }
                if (!paused && unacknowledged.size() < WINDOW) {
                    return true;
                }
            } finally {
                lock.unlock();
            }
            send(new PingMessage());
        }
    }

    private MessageFilter filter() {
        lock.lock();
        try {
            return filter;
        } finally {
            lock.unlock();
        }
    }

    private boolean resting() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    /** @return false when the client does not want one any more, or there is nothing in it yet */
    private boolean claim(BatchPress.Printed batch, long after) {
        lock.lock();
        try {
            lastSent = System.nanoTime();
            if (paused || !open || batch.to() == after) {
                return false;
            }
            unacknowledged.add(batch.to());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Does what the client says. */
    void hear(ClientMessage message) throws ClientMessage.Unintelligible {
        lock.lock();
        try {
            switch (message) {
                case ClientMessage.Ack ack -> acknowledge(ack.to());
                case ClientMessage.Filter(MessageFilter wanted) -> filter = wanted;
                case ClientMessage.Pause pause -> paused = true;
                case ClientMessage.Resume resume -> paused = false;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void acknowledge(long to) throws ClientMessage.Unintelligible {
        if (!unacknowledged.contains(to)) {
            throw new ClientMessage.Unintelligible("no batch up to " + to + " awaits its ack");
        }
        while (!unacknowledged.isEmpty() && unacknowledged.peek() <= to) {
            unacknowledged.remove();
        }
    }

    /** Tells the client that it was not understood. */
    void complain(String detail) throws IOException {
        send(new TextMessage(json.error(detail)));
    }

    private void send(WebSocketMessage<?> message) throws IOException {
        sending.lock();
        try {
            session.sendMessage(message);
        } catch (IllegalStateException e) {
            throw new IOException("closed meanwhile", e);
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void goAway() {
        close(CloseStatus.GOING_AWAY);
    }

    /** Ends the feed; {@link #run()} returns soon. */
    void close(CloseStatus status) {
        CloseStatus first;
        lock.lock();
        try {
            open = false;
            if (closing == null) {
                closing = status;
            }
            first = closing;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tail.close();
        try {
            // Our own thread closes, too, when it sees that it is over, and may be the faster one.
            session.close(first);
        } catch (IOException e) {
            log.debug("closing live client {}: {}", session.getId(), e.toString());
        }
    }
}
