package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchboard.process.Wrong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A peer that sends a RST, whatever state the connection is in. */
final class Resetters implements Trouble {

    private static final byte[] LINE = "a line\n".getBytes(US_ASCII);
    private static final byte[] NEWS = "news".getBytes(US_ASCII);
    private static final byte[] HALF_A_LINE = "half a li".getBytes(US_ASCII);
    private static final byte[] MUCH = new byte[8 << 20];
    private static final Set<String> ENDS = Set.of("peer-reset", "peer-closed", "local-close");

    /** Where a connection is when the RST comes. */
    private enum State {
        JUST_ACCEPTED,
        AFTER_TRAFFIC,
        MID_FRAME,
        HALF_CLOSED_BY_US,
        HALF_CLOSED_BY_PEER,
        UNSENT_DATA_QUEUED,
        CLOSING
    }

    @Override
    public int workers() {
        return 2;
    }

    @Override
    public void once(Field field) throws Exception {
        for (State state : State.values()) {
            if (!field.isOver()) {
                resetIn(state, field);
                field.tally().checked.increment();
            }
        }
    }

    private static void resetIn(State state, Field field) throws Exception {
        if (state == State.JUST_ACCEPTED) {
            // Perhaps before it is: then nobody ever knows of it.
            Line.to(field, "quiet").reset();
            return;
        }
        try (Line line = Line.to(field, "quiet", field.port("quiet"), 4_096)) {
            String id = line.id(field);
            String path = "/api/connections/" + id;
            switch (state) {
                case AFTER_TRAFFIC -> line.send(LINE);
                case MID_FRAME -> line.send(HALF_A_LINE);
                case HALF_CLOSED_BY_US -> field.api().ask("DELETE", path + "?how=half", 204);
                case HALF_CLOSED_BY_PEER -> {
                    line.halfClose();
                    field.api()
                            .until(
                                    path,
                                    known -> !known.path("state").asString().equals("open"),
                                    "the peer's FIN is seen");
                }
                case UNSENT_DATA_QUEUED -> field.api().send(path + "/messages", MUCH, 200, 504);
                case CLOSING -> {
                    field.api().send(path + "/messages", MUCH, 200, 504);
                    Thread.ofVirtual().start(() -> {
                        try {
                            field.api().ask("DELETE", path, 204, 409, 504);
                        } catch (Exception e) {
                            field.tally().failures.increment();
                        }
                    });
                }
                default -> throw new IllegalStateException(state.name());
            }
            line.reset();
            if (state == State.HALF_CLOSED_BY_PEER) {
                // With both its sides closed the kernel tells nobody of a RST until something is written.
                field.api().send(path + "/messages", NEWS, 200, 409, 504);
            }
            JsonNode closed = field.api()
                    .until(path, known -> known.path("state").asString().equals("closed"), "it is closed");
            Wrong.unless(
                    ENDS.contains(closed.path("closeReason").asString()), "a reset when %s became %s", state, closed);
        }
    }
}
