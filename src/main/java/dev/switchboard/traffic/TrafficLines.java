package dev.switchboard.traffic;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.io.Writer;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Traffic as newline-delimited JSON: one object a line, each with its kind in {@code event}. The one way in which lines
 * are written, whether they are streamed or exported. Used by one thread.
 */
public final class TrafficLines {

    private final Writer out;
    private final ObjectWriter messages;
    private final ObjectWriter others;

    /** @param out is written to and not closed; best one with a buffer */
    public TrafficLines(Writer out, JsonMapper mapper) {
        this.out = out;
        this.others = mapper.writer();
        this.messages = mapper.writerFor(Message.class);
    }

    private record Message(String event, @JsonUnwrapped MessageView message) {}

    private record Event(String event, @JsonUnwrapped EventView lifeCycle) {}

    private record Skipped(String event, long skipped) {}

    private record Missing(String event, String id, String at, String endpoint, long skipped) {}

    private record Heartbeat(String event) {}

    /** One frame. */
    public void message(MessageView message) throws IOException {
        line(messages, new Message("message", message));
    }

    /** A step in the life of a socket. */
    public void lifeCycle(EventView event) throws IOException {
        line(others, new Event("lifecycle", event));
    }

    /** Frames that this reader does not see. */
    public void gap(long skipped) throws IOException {
        line(others, new Skipped("gap", skipped));
    }

    /** Frames that were not recorded, with all that is known of them. */
    public void gap(Gap gap) throws IOException {
        line(
                others,
                new Missing("gap", Long.toString(gap.id()), UtcMicros.format(gap.at()), gap.endpoint(), gap.missed()));
    }

    /** Nothing happened for a while. */
    public void heartbeat() throws IOException {
        line(others, new Heartbeat("heartbeat"));
    }

    private void line(ObjectWriter writer, Object object) throws IOException {
        out.write(writer.writeValueAsString(object));
        out.write('\n');
    }
}
