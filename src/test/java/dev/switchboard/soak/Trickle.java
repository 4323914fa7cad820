package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;

/** A peer that sends a byte a second, and stays. */
final class Trickle implements Trouble {

    private static final byte[] LINE = "slowly\n".getBytes(US_ASCII);

    @Override
    public boolean standing() {
        return true;
    }

    @Override
    public int workers() {
        return 3;
    }

    @Override
    public void once(Field field) throws Exception {
        try (Line line = Line.to(field, "trickle")) {
            while (!field.isOver()) {
                for (byte one : LINE) {
                    line.send(new byte[] {one});
                    Slowness.of(Duration.ofSeconds(1));
                }
                line.expect(LINE);
                field.tally().checked.increment();
            }
            line.halfClose();
            line.expectEnd();
        }
    }
}
