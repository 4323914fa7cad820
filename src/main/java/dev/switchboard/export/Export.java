package dev.switchboard.export;

import dev.switchboard.history.EventFilter;
import dev.switchboard.history.History;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.history.Reading;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One export: what history holds of what is meant, oldest first, up to the moment it began. It holds no more than the
 * step it is at. Used by the thread of its request.
 */
final class Export {

    /** Events; steps of many bytes hold fewer. */
    private static final int STEP = 16_384;

    /** How often history may stand still, for some seconds each time. */
    private static final int PATIENCE = 5;

    private final History history;
    private final MessageFilter filter;
    private final long to;
    private final @Nullable EventFilter events;

    /** Whose gaps are meant; null for all. */
    private final @Nullable String endpoint;

    private final boolean gaps;

    /** @param to the last id that belongs to it */
    Export(History history, MessageFilter filter, long to) {
        this.history = history;
        this.filter = filter;
        this.to = to;
        this.events = filter.wholesale() && filter.direction() == null
                ? new EventFilter(filter.endpoint(), filter.connection(), filter.since(), filter.until())
                : null;
        this.endpoint = filter.connection() == null ? filter.endpoint() : endpointOf(filter.connection());
        this.gaps = filter.connection() == null || endpoint != null;
    }

    private @Nullable String endpointOf(String connection) {
        List<Frame> any = history.messages(
                        new MessageFilter(null, connection, null, null, List.of()), Long.MAX_VALUE, 1)
                .items();
        return any.isEmpty() ? null : any.getFirst().connection().endpoint();
    }

    /** @throws IOException when the client is gone */
    void run(ExportFormat out) throws IOException {
        long after = 0;
        long at = 0;
        int stood = 0;
        while (after < to) {
            Reading reading = history.read(filter, after, to, STEP);
            if (after > 0 && reading.forgotten() > 0) {
                // History dropped it while we were on the way: what comes next does not follow on what was.
                out.gap(new Gap(after + 1, at, endpoint == null ? "" : endpoint, reading.forgotten()));
            }
            for (TrafficEvent event : reading.events()) {
                write(event, out);
                at = event.at();
            }
            out.step();
            stood = reading.upTo() > after ? 0 : stood + 1;
            if (stood == PATIENCE) {
                throw new IllegalStateException("history does not get on; the export ends where it is");
            }
            after = Math.max(after, reading.upTo());
        }
        out.end();
    }

    private void write(TrafficEvent event, ExportFormat out) throws IOException {
        switch (event) {
            case Chunk chunk -> messages(chunk, out);
            case Unfinished rest -> messages(rest, out);
            case LifeCycle lifeCycle -> {
                if (events != null && events.matches(lifeCycle)) {
                    out.lifeCycle(lifeCycle);
                }
            }
            case Gap gap -> {
                if (means(gap)) {
                    out.gap(gap);
                }
            }
        }
    }

    private boolean means(Gap gap) {
        return gaps
                && gap.at() >= filter.since()
                && gap.at() < filter.until()
                && (endpoint == null || endpoint.equals(gap.endpoint()));
    }

    private void messages(TrafficEvent event, ExportFormat out) throws IOException {
        if (!filter.admits(event)) {
            return;
        }
        List<Frame> frames = new ArrayList<>(event.frames());
        for (int i = 0; i < event.frames(); i++) {
            Frame frame = event.frame(i);
            if (filter.matchesWithin(frame)) {
                frames.add(frame);
            }
        }
        out.messages(event, frames, filter.wholesale());
    }
}
