package dev.switchboard.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchboard.process.Wrong;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/** Sends rubbish wherever something listens: to endpoints, to the API, to the HTTP server. */
final class Vandals implements Trouble {

    private static final List<String> PATHS = List.of(
            "/api/endpoints/..%2f..%2fetc",
            "/api/messages?limit=minus&before=x",
            "/api/messages?containsHex=zz",
            "/api/connections/%00",
            "/api/nothing",
            "/api/messages?since=yesterday",
            "/api/events?limit=100000000000",
            "/api/messages/export?format=exe");
    private static final List<String> BODIES = List.of(
            "{", "[]", "null", "{\"name\": \"<script>\"}", "{\"name\": 1e999}", "[".repeat(10_000), "\u0000", "");

    @Override
    public void once(Field field) throws Exception {
        for (String path : PATHS) {
            int status = field.api().ask("GET", path).status();
            Wrong.unless(status >= 400, "%s was answered with %d", path, status);
        }
        for (String body : BODIES) {
            int status = field.api()
                    .ask(field.api()
                            .request("/api/endpoints")
                            .header("Content-Type", "application/json")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                    .status();
            Wrong.unless(status >= 400, "the definition %s was answered with %d", body, status);
        }
        field.api().send("POST", "/api/endpoints/quiet/messages", Map.of("payload", "zz", "encoding", "hex"), 400, 422);
        for (String endpoint : List.of("echo-lf", "echo-length", "echo-json", "quiet")) {
            throwAt(field, field.port(endpoint), noise(field));
        }
        throwAt(field, field.api().port(), noise(field));
        throwAt(field, field.api().port(), "GET / HTTP/1.1\r\nHost: evil\r\n\r\n".getBytes(ISO_8859_1));
        throwAt(
                field,
                field.api().port(),
                ("POST /api/endpoints HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "Content-Length: 99999999999999999999\r\n\r\n")
                        .getBytes(ISO_8859_1));
        field.tally().checked.add(PATHS.size() + BODIES.size());
    }

    private static byte[] noise(Field field) {
        byte[] noise = new byte[field.upTo(20_000)];
        field.random().nextBytes(noise);
        return noise;
    }

    /** What it answers, if it does, is none of our business; that it lives on, others see. */
    private static void throwAt(Field field, int port, byte[] bytes) throws IOException {
        field.tally().connections.increment();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 60_000);
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(bytes);
        } catch (java.net.SocketException thrownOut) {
            field.tally().checked.increment();
        }
    }
}
