package dev.switchboard.live;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.Counters;
import dev.switchboard.traffic.EventView;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.UtcMicros;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the server says on {@code /ws/live}. Messages are in columns: a third of the work for who reads them. */
final class LiveJson {

    /** How much of a payload a row shows. */
    static final int PREVIEW_BYTES = 160;

    private static final int ROW_CHARS = 512;

    private final JsonMapper mapper;

    LiveJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The first thing said.
     *
     * @param latest batches begin after it, unless the client asked for earlier ones
     * @param outage why nothing is recorded at present; empty as a rule
     */
    String hello(String epoch, long latest, Counters counters, Optional<String> outage) {
        return write(128, json -> {
            json.writeStringProperty("type", "hello");
            json.writeStringProperty("epoch", epoch);
            json.writeStringProperty("latest", Long.toString(latest));
            counters(json, counters);
            outage(json, outage);
        });
    }

    String batch(LiveBatch batch, Counters counters, Optional<String> outage) {
        List<Frame> rows = batch.rows();
        return write(512 + rows.size() * ROW_CHARS, json -> {
            json.writeStringProperty("type", "batch");
            json.writeStringProperty("from", Long.toString(batch.from()));
            json.writeStringProperty("to", Long.toString(batch.to()));
            json.writeNumberProperty("skipped", batch.skipped());
            counters(json, counters);
            outage(json, outage);
            messages(json, rows);
            json.writeArrayPropertyStart("lifecycle");
            for (LifeCycle event : batch.lifeCycles()) {
                json.writePOJO(EventView.of(event));
            }
            json.writeEndArray();
        });
    }

    /** What could not be understood, and why. */
    String error(String detail) {
        return write(128, json -> {
            json.writeStringProperty("type", "error");
            json.writeStringProperty("detail", detail);
        });
    }

    private String write(int room, Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter(room);
        try (JsonGenerator json = mapper.createGenerator(text)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void counters(JsonGenerator json, Counters counters) {
        json.writeObjectPropertyStart("counters");
        json.writeNumberProperty("framesIn", counters.framesIn());
        json.writeNumberProperty("framesOut", counters.framesOut());
        json.writeNumberProperty("bytesIn", counters.bytesIn());
        json.writeNumberProperty("bytesOut", counters.bytesOut());
        json.writeNumberProperty("connectionsOpen", counters.connectionsOpen());
        json.writeNumberProperty("errors", counters.errors());
        json.writeNumberProperty("captureGap", counters.captureGap());
        json.writeEndObject();
    }

    private static void outage(JsonGenerator json, Optional<String> outage) {
        json.writeName("outage");
        if (outage.isPresent()) {
            json.writeString(outage.get());
        } else {
            json.writeNull();
        }
    }

    private static void messages(JsonGenerator json, List<Frame> rows) {
        json.writeObjectPropertyStart("messages");
        column(json, "id", rows, frame -> Long.toString(frame.id()));
        column(json, "at", rows, frame -> UtcMicros.format(frame.at()));
        column(json, "endpoint", rows, frame -> frame.connection().endpoint());
        column(json, "connection", rows, frame -> frame.connection().id());
        column(json, "direction", rows, frame -> frame.direction().word());
        column(json, "origin", rows, frame -> frame.origin().word());
        json.writeArrayPropertyStart("bytes");
        for (Frame frame : rows) {
            json.writeNumber(frame.bytes());
        }
        json.writeEndArray();
        column(json, "preview", rows, LiveJson::preview);
        json.writeEndObject();
    }

    private static void column(JsonGenerator json, String name, List<Frame> rows, Function<Frame, String> cell) {
        json.writeArrayPropertyStart(name);
        for (Frame frame : rows) {
            json.writeString(cell.apply(frame));
        }
        json.writeEndArray();
    }

    private static String preview(Frame frame) {
        int to = frame.from() + Math.min(frame.bytes(), PREVIEW_BYTES);
        return PayloadEncoding.ESCAPED.encode(frame.array(), frame.from(), to);
    }
}
