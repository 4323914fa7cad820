package dev.switchboard.live;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.EventFilter;
import dev.switchboard.traffic.EventView;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
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

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Tail tail;
    private final MessageFilter messages;
    private final EventFilter events;
    private final PayloadEncoding encoding;
    private volatile boolean open = true;

    TrafficStream(Tail tail, MessageFilter messages, EventFilter events, PayloadEncoding encoding) {
        this.tail = tail;
        this.messages = messages;
        this.events = events;
        this.encoding = encoding;
    }

    /** @throws IOException when the reader is gone */
    void run(StreamFormat format) throws IOException, InterruptedException {
        format.begin(tail.seen());
        format.flush();
        while (open) {
            Tail.Step step = tail.next(HEARTBEAT);
            write(step, format);
            if (step.to() == step.after() && open) {
                format.heartbeat(tail.seen());
            }
            if (step.events().size() < STEP) {
                format.flush();
            }
        }
    }

    private void write(Tail.Step step, StreamFormat format) throws IOException {
        if (step.lost() > 0) {
            format.gap(step.after(), step.lost());
        }
        for (TrafficEvent event : step.events()) {
            switch (event) {
                case Chunk chunk -> writeFrames(chunk, step.after(), format);
                case Unfinished rest -> writeFrames(rest, step.after(), format);
                case LifeCycle lifeCycle -> {
                    if (events.matches(lifeCycle)) {
                        format.lifeCycle(lifeCycle.id(), EventView.of(lifeCycle));
                    }
                }
                case Gap gap -> {
                    if (messages.endpoint() == null || messages.endpoint().equals(gap.endpoint())) {
                        format.gap(gap.id(), gap.missed());
                    }
                }
            }
        }
    }

    private void writeFrames(TrafficEvent event, long seen, StreamFormat format) throws IOException {
        if (messages.admits(event)) {
            for (int i = (int) Math.max(0, seen + 1 - event.id()); i < event.frames(); i++) {
                format.message(event.id() + i, MessageView.of(event.frame(i), encoding));
            }
        }
    }

    @Override
    public void goAway() {
        open = false;
        tail.close();
    }
}
