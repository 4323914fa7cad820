package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Records something, finds it again, carries it away in every format, takes it in again, and has it forgotten. */
final class Archivists implements Trouble {

    /** An import is remembered by its number for ever, and there are 5,000 of them. */
    private static final int IMPORTS_EVERY = 4;

    @Override
    public void once(Field field) throws Exception {
        String name = field.freshName("record");
        int port = field.api()
                .make(Map.of(
                        "name",
                        name,
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        Map.of("type", "lf"),
                        "onReceive",
                        "echo"));
        Frames frames = new Frames(Frames.Wire.LF, field.random());
        try (Line line = Line.to(field, name, port, 0)) {
            byte[] sent = frames.next(200);
            line.send(sent).expect(sent);
            line.halfClose();
            line.expectEnd();
        }
        field.api().drop(name);
        int all = 2 * frames.count();
        String filter = "endpoint=" + name;
        long lines = field.api()
                .ask("GET", "/api/messages/export?format=ndjson&" + filter, 200)
                .body()
                .lines()
                .filter(line -> line.contains("\"event\":\"message\""))
                .count();
        Wrong.unless(lines == all, "an export of %d messages has %d", all, lines);
        field.api().ask("GET", "/api/messages/export?format=csv&" + filter, 200);
        byte[] capture = field.api().bytes("/api/messages/export?format=pcapng&" + filter);
        if (field.random().nextInt(IMPORTS_EVERY) == 0) {
            takeIn(field, capture, all);
        }
        JsonNode deleted =
                field.api().ask("DELETE", "/api/messages?" + filter, 200).json();
        Wrong.unless(deleted.path("deleted").asInt() == all, "of %d messages %s was deleted", all, deleted);
        sums(field, filter, 0);
        field.tally().checked.add(all);
    }

    private static void takeIn(Field field, byte[] capture, int all) throws Exception {
        String name = field.freshName("import");
        JsonNode taken = field.api()
                .send("/api/messages/import?framing=lf&name=" + name, capture, 200)
                .json();
        Wrong.unless(taken.path("frames").asInt() == all, "of a capture of %d messages %s was taken in", all, taken);
        sums(field, "endpoint=" + name, all);
        field.api().ask("DELETE", "/api/messages?endpoint=" + name, 200);
        sums(field, "endpoint=" + name, 0);
    }

    private static void sums(Field field, String filter, int expected) throws Exception {
        JsonNode sums = field.api().get("/api/messages/summary?" + filter);
        Wrong.unless(
                sums.path("framesIn").asInt() + sums.path("framesOut").asInt() == expected,
                "there should be %d messages of %s: %s",
                expected,
                filter,
                sums);
    }
}
