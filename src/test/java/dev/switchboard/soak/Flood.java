package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** More connections at once than the endpoint may have: those too many are reset, and the others served. */
final class Flood implements Trouble {

    private static final int CROWD = Soak.MAX_CONNECTIONS + 100;

    @Override
    public void once(Field field) throws Exception {
        List<Line> crowd = new ArrayList<>();
        int served = 0;
        try {
            for (int i = 0; i < CROWD; i++) {
                try {
                    crowd.add(Line.to(field, "flood"));
                } catch (IOException resetAtOnce) {
                    field.tally().connections.increment();
                }
            }
            for (Line line : crowd) {
                served += isServed(line) ? 1 : 0;
            }
        } finally {
            for (Line line : crowd) {
                line.reset();
            }
        }
        Wrong.unless(
                served > 0 && served <= Soak.MAX_CONNECTIONS,
                "%d of %d connections were served, where %d may be open",
                served,
                CROWD,
                Soak.MAX_CONNECTIONS);
        field.tally().checked.add(CROWD);
        field.api()
                .until(
                        "/api/endpoints/flood",
                        flood -> flood.path("counters").path("connectionsOpen").asInt() == 0,
                        "none of them is left");
    }

    private static boolean isServed(Line line) throws Wrong {
        try {
            line.send(new byte[] {'x', '\n'}).expect(new byte[] {'x', '\n'});
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
