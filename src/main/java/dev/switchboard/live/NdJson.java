package dev.switchboard.live;

import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.TrafficLines;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a line. */
final class NdJson implements StreamFormat {

    private final Writer out;
    private final TrafficLines lines;

    NdJson(Writer out, JsonMapper mapper) {
        this.out = out;
        this.lines = new TrafficLines(out, mapper);
    }

    @Override
    public void begin(long seen) {
        // Only what happens is a line.
    }

    @Override
    public void message(long id, MessageView message) throws IOException {
        lines.message(message);
    }

    @Override
    public void lifeCycle(long id, EventView event) throws IOException {
        lines.lifeCycle(event);
    }

    @Override
    public void gap(long id, long skipped) throws IOException {
        lines.gap(skipped);
    }

    @Override
    public void heartbeat(long seen) throws IOException {
        lines.heartbeat();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
