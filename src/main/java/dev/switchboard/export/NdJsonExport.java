package dev.switchboard.export;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.MessageView;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.TrafficLines;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Newline-delimited JSON, in the lines of {@code /api/stream}. */
final class NdJsonExport implements ExportFormat {

    private final Writer out;
    private final TrafficLines lines;
    private final PayloadEncoding encoding;

    NdJsonExport(Writer out, JsonMapper mapper, PayloadEncoding encoding) {
        this.out = out;
        this.lines = new TrafficLines(out, mapper);
        this.encoding = encoding;
    }

    @Override
    public void messages(TrafficEvent event, List<Frame> frames, boolean whole) throws IOException {
        for (Frame frame : frames) {
            lines.message(MessageView.of(frame, encoding));
        }
    }

    @Override
    public void lifeCycle(LifeCycle event) throws IOException {
        lines.lifeCycle(EventView.of(event));
    }

    @Override
    public void gap(Gap gap) throws IOException {
        lines.gap(gap);
    }

    @Override
    public void step() {
        // The writer's buffer hands on.
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
