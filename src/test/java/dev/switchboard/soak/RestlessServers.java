package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchboard.process.Api;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** A server that hangs up again and again, in every way, on a client of ours, which must come back each time. */
final class RestlessServers implements Trouble {

    private static final int CALLS = 4;
    private static final int LINES = 20;

    @Override
    public void once(Field field) throws Exception {
        String name = field.freshName("client");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            server.setSoTimeout((int) Api.PATIENCE.toMillis());
            field.api()
                    .make(Map.of(
                            "name",
                            name,
                            "type",
                            "tcp-client",
                            "remote",
                            "127.0.0.1:" + server.getLocalPort(),
                            "framing",
                            Map.of("type", "lf"),
                            "onReceive",
                            "echo"));
            for (int call = 0; call < CALLS; call++) {
                try (Line line = Line.of(server.accept(), name)) {
                    field.tally().connections.increment();
                    for (int i = 0; i < LINES; i++) {
                        byte[] sent = ("call " + call + " line " + i + "\n").getBytes(US_ASCII);
                        line.send(sent).expect(sent);
                    }
                    switch (call % 3) {
                        case 0 -> line.reset();
                        case 1 -> {
                            line.halfClose();
                            line.expectEnd();
                        }
                        default -> line.close();
                    }
                }
            }
            field.api().drop(name);
        }
        // A query waits for history, but not for long.
        field.api()
                .until(
                        "/api/messages/summary?endpoint=" + name,
                        sums -> sums.path("framesIn").asInt() == CALLS * LINES
                                && sums.path("framesOut").asInt() == CALLS * LINES,
                        "history has " + CALLS * LINES + " lines each way");
        field.tally().checked.add(CALLS * LINES);
    }
}
