package dev.switchboard.live;

import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.MessageView;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events (WHATWG HTML, section 9.2). Ids without data are no events, but a reader remembers them to resume
 * from (9.2.6), so one that saw nothing yet resumes where it began.
 */
final class ServerSentEvents implements StreamFormat {

    private final Writer out;
    private final JsonMapper mapper;

    ServerSentEvents(Writer out, JsonMapper mapper) {
        this.out = out;
        this.mapper = mapper;
    }

    @Override
    public void begin(long seen) throws IOException {
        out.write("id: " + seen + "\n\n");
    }

    @Override
    public void message(long id, MessageView message) throws IOException {
        event("message", id, mapper.writeValueAsString(message));
    }

    @Override
    public void lifeCycle(long id, EventView event) throws IOException {
        event("lifecycle", id, mapper.writeValueAsString(event));
    }

    @Override
    public void gap(long id, long skipped) throws IOException {
        event("gap", id, "{\"skipped\":" + skipped + "}");
    }

    private void event(String name, long id, String data) throws IOException {
        out.write("event: ");
        out.write(name);
        out.write("\nid: ");
        out.write(Long.toString(id));
        out.write("\ndata: ");
        out.write(data);
        out.write("\n\n");
    }

    @Override
    public void heartbeat(long seen) throws IOException {
        out.write(": nothing new\nid: " + seen + "\n\n");
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
