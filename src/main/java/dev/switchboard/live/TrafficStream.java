package dev.switchboard.live;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.EventFilter;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.io.IOException;
import java.time.Duration;

/**
 * One reader of {@code /api/stream}. {@link #run} works on the thread of its request until the reader leaves or is sent
 * away; it holds no more than the step it is writing.
 */
final class TrafficStream implements Readers.Reader {

    /** How many events to hold at a time. */
    static final int STEP = 64;

    private final Tail tail;
    private final MessageFilter messages;
    private final EventFilter events;
    private final PayloadEncoding encoding;
    private final long heartbeatNanos;
    private long lastWrite;
    private volatile boolean open = true;

    /** @param heartbeat after so long without a word to the reader, say something */
    TrafficStream(Tail tail, MessageFilter messages, EventFilter events, PayloadEncoding encoding, Duration heartbeat) {
        this.tail = tail;
        this.messages = messages;
        this.events = events;
        this.encoding = encoding;
        this.heartbeatNanos = heartbeat.toNanos();
    }

    /** @throws IOException when the reader is gone */
    void run(StreamFormat format) throws IOException, InterruptedException {
        format.begin(tail.seen());
        flush(format);
        boolean unflushed = false;
        while (open) {
            Tail.Step step = tail.next(unflushed ? Duration.ZERO : untilHeartbeat());
            unflushed |= write(step, format);
            if (unflushed && step.events().size() < STEP) {
                flush(format);
                unflushed = false;
            } else if (!unflushed && open && untilHeartbeat().isZero()) {
                format.heartbeat(tail.seen());
                flush(format);
            }
        }
    }

    /** Traffic that this reader did not ask for may pass all the time: that is silence to it. */
    private Duration untilHeartbeat() {
        return Duration.ofNanos(Math.max(0, lastWrite + heartbeatNanos - System.nanoTime()));
    }

    private void flush(StreamFormat format) throws IOException {
        format.flush();
        lastWrite = System.nanoTime();
    }

    /** @return whether there was something for this reader */
    private boolean write(Tail.Step step, StreamFormat format) throws IOException {
        boolean wrote = step.lost() > 0;
        if (wrote) {
            format.gap(step.after(), step.lost());
        }
        for (TrafficEvent event : step.events()) {
            wrote |= switch (event) {
                case Chunk chunk -> writeFrames(chunk, step.after(), format);
                case Unfinished rest -> writeFrames(rest, step.after(), format);
                case LifeCycle lifeCycle -> writeLifeCycle(lifeCycle, format);
                case Gap gap -> writeGap(gap, format);
            };
        }
        return wrote;
    }

    private boolean writeFrames(TrafficEvent event, long seen, StreamFormat format) throws IOException {
        int first = (int) Math.max(0, seen + 1 - event.id());
        if (first >= event.frames() || !messages.admits(event)) {
            return false;
        }
        for (int i = first; i < event.frames(); i++) {
            format.message(event.id() + i, MessageView.of(event.frame(i), encoding));
        }
        return true;
    }

    private boolean writeLifeCycle(LifeCycle event, StreamFormat format) throws IOException {
        if (!events.matches(event)) {
            return false;
        }
        format.lifeCycle(event.id(), EventView.of(event));
        return true;
    }

    private boolean writeGap(Gap gap, StreamFormat format) throws IOException {
        if (messages.endpoint() != null && !messages.endpoint().equals(gap.endpoint())) {
            return false;
        }
        format.gap(gap.id(), gap.missed());
        return true;
    }

    @Override
    public void goAway() {
        open = false;
        tail.close();
    }
}
