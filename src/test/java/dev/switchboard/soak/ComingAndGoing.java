package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes endpoints, changes, stops, starts and deletes them while peers are connected. */
final class ComingAndGoing implements Trouble {

    private static final int PEERS = 5;
    private static final byte[] HELLO = "hello\n".getBytes(US_ASCII);

    @Override
    public void once(Field field) throws Exception {
        String name = field.freshName("short-lived");
        String path = "/api/endpoints/" + name;
        int port = field.api().make(definition(name, 0, "lf"));
        field.api().post("/api/endpoints", definition(name, 0, "lf"), 409);
        field.api().post("/api/endpoints", definition(field.freshName("twin"), port, "lf"), 409);
        List<Line> peers = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                peers.add(Line.to(field, name, port, 0));
                peers.getLast().send(HELLO).expect(HELLO);
            }
            switch (field.random().nextInt(3)) {
                case 0 -> {
                    field.api().ask("POST", path + "/stop", 200);
                    field.api().ask("POST", path + "/start", 200);
                }
                case 1 -> field.api().send("PUT", path, definition(null, port, "crlf"), 200);
                default -> field.api().send("PUT", path, definition(null, 0, "nul"), 200);
            }
        } finally {
            for (Line peer : peers) {
                peer.close();
            }
        }
        field.api().drop(name);
        field.api().ask("GET", path, 404);
        String udp = field.freshName("short-lived-udp");
        field.api().make(Map.of("name", udp, "type", "udp", "bind", "127.0.0.1:0"));
        field.api().drop(udp);
        field.tally().checked.add(2);
    }

    private static Map<String, Object> definition(
            @org.jspecify.annotations.Nullable String name, int port, String framing) {
        Map<String, Object> definition = new java.util.HashMap<>(Map.of(
                "type",
                "tcp-server",
                "bind",
                "127.0.0.1:" + port,
                "framing",
                Map.of("type", framing),
                "onReceive",
                "echo"));
        if (name != null) {
            definition.put("name", name);
        }
        return definition;
    }
}
