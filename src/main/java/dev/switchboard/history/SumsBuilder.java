package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;

/** Adds up {@link Sums}, an event at a time, whatever the number of frames in it. Used by one thread. */
final class SumsBuilder {

    private long framesIn;
    private long bytesIn;
    private long framesOut;
    private long bytesOut;
    private long missed;

    static Sums of(TrafficEvent event) {
        SumsBuilder builder = new SumsBuilder();
        builder.add(event);
        return builder.build();
    }

    void add(TrafficEvent event) {
        switch (event) {
            case Chunk chunk -> add(chunk.direction(), chunk.frames(), payload(chunk));
            case Unfinished rest -> add(rest.direction(), 1, rest.wire().length);
            case Gap gap -> missed += gap.missed();
            case LifeCycle lifeCycle -> {}
        }
    }

    private static long payload(Chunk chunk) {
        FrameEnds ends = chunk.ends();
        int frames = ends.size();
        byte[] straddler = ends.straddler();
        long bytes = frames == 0 ? 0 : ends.end(frames - 1) + (straddler == null ? 0L : straddler.length - ends.end(0));
        for (int i = 0; i < frames; i++) {
            bytes -= ends.header(i) + ends.trailer(i);
        }
        return bytes;
    }

    private void add(Direction direction, int frames, long bytes) {
        if (direction == Direction.IN) {
            framesIn += frames;
            bytesIn += bytes;
        } else {
            framesOut += frames;
            bytesOut += bytes;
        }
    }

    Sums build() {
        return new Sums(framesIn, bytesIn, framesOut, bytesOut, missed);
    }
}
