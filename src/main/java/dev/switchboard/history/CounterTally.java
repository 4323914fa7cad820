package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.Unfinished;
import java.util.HashSet;
import java.util.Set;

/** Adds up {@link Counters}. Used by one thread. */
final class CounterTally {

    private final Set<String> open = new HashSet<>();
    private long framesIn;
    private long framesOut;
    private long bytesIn;
    private long bytesOut;
    private long errors;
    private long captureGap;

    void count(TrafficEvent event) {
        switch (event) {
            case Chunk chunk -> {
                count(chunk.direction(), chunk.frames());
                if (chunk.direction() == Direction.IN) {
                    bytesIn += chunk.bytes().length;
                } else {
                    bytesOut += chunk.bytes().length;
                }
            }
            // Its bytes were counted with their chunks.
            case Unfinished rest -> count(rest.direction(), rest.frames());
            case Gap gap -> captureGap += gap.missed();
            case LifeCycle lifeCycle -> count(lifeCycle);
        }
    }

    private void count(Direction direction, int frames) {
        if (direction == Direction.IN) {
            framesIn += frames;
        } else {
            framesOut += frames;
        }
    }

    private void count(LifeCycle event) {
        switch (event.kind()) {
            case FAILED, FRAMING_ERROR -> errors++;
            case ACCEPTED, CONNECTED -> {
                if (event.connection() != null && event.connection().transport() == Transport.TCP) {
                    open.add(event.connection().id());
                }
            }
            case CLOSED, RESET -> {
                if (event.connection() != null) {
                    open.remove(event.connection().id());
                }
            }
            default -> {}
        }
    }

    /** Frames that could not be stored. */
    void lost(long frames) {
        captureGap += frames;
    }

    Counters upTo(long id) {
        return new Counters(id, framesIn, framesOut, bytesIn, bytesOut, open.size(), errors, captureGap);
    }
}
