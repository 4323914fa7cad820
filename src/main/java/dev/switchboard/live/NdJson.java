package dev.switchboard.live;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.MessageView;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a line, each with its kind in {@code event}. */
final class NdJson implements StreamFormat {

    private final Writer out;
    private final JsonMapper mapper;

    NdJson(Writer out, JsonMapper mapper) {
        this.out = out;
        this.mapper = mapper;
    }

    private record Message(String event, @JsonUnwrapped MessageView message) {}

    private record Event(String event, @JsonUnwrapped EventView lifeCycle) {}

    private record Gap(String event, long skipped) {}

    private record Heartbeat(String event) {}

    @Override
    public void begin(long seen) {
        // Only what happens is a line.
    }

    @Override
    public void message(long id, MessageView message) throws IOException {
        line(new Message("message", message));
    }

    @Override
    public void lifeCycle(long id, EventView event) throws IOException {
        line(new Event("lifecycle", event));
    }

    @Override
    public void gap(long id, long skipped) throws IOException {
        line(new Gap("gap", skipped));
    }

    @Override
    public void heartbeat(long seen) throws IOException {
        line(new Heartbeat("heartbeat"));
    }

    private void line(Object object) throws IOException {
        out.write(mapper.writeValueAsString(object));
        out.write('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
