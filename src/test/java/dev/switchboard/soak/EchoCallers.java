package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import tools.jackson.databind.JsonNode;

/** Sends frames, sees each come back once and in order, hangs up, and looks whether all was counted and remembered. */
final class EchoCallers implements Trouble {

    private static final int BATCHES = 40;
    private static final int MOST_FRAMES = 60;

    private final String endpoint;
    private final Frames.Wire wire;

    EchoCallers(String endpoint, Frames.Wire wire) {
        this.endpoint = endpoint;
        this.wire = wire;
    }

    @Override
    public String title() {
        return "echo callers, " + wire.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public int workers() {
        return 2;
    }

    @Override
    public void once(Field field) throws Exception {
        Frames frames = new Frames(wire, field.random());
        long bytes = 0;
        String id;
        try (Line line = Line.to(field, endpoint)) {
            id = line.id(field);
            for (int batch = 0; batch < BATCHES && !field.isOver(); batch++) {
                byte[] sent = frames.next(field.upTo(MOST_FRAMES));
                line.send(sent).expect(sent);
                bytes += sent.length;
            }
            hangUp(field, line);
        }
        JsonNode closed = field.api()
                .until(
                        "/api/connections/" + id,
                        connection -> connection.path("state").asString().equals("closed"),
                        "it is closed");
        counted(closed, "bytesIn", bytes);
        counted(closed, "bytesOut", bytes);
        if (wire != Frames.Wire.RAW) {
            counted(closed, "framesIn", frames.count());
            counted(closed, "framesOut", frames.count());
            frames.areInHistory(field.api(), id, "in");
            frames.areInHistory(field.api(), id, "out");
        }
        field.tally().checked.add(frames.count());
    }

    /** In one of the ways in which a peer may. */
    private static void hangUp(Field field, Line line) throws Exception {
        if (field.random().nextInt(4) == 0) {
            line.reset();
        } else {
            line.halfClose();
            line.expectEnd();
        }
    }

    private static void counted(JsonNode connection, String counter, long expected) throws Wrong {
        Wrong.unless(
                connection.path(counter).asLong() == expected, "%s should be %d: %s", counter, expected, connection);
    }
}
