package dev.switchboard.libraries;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for OSV on a port of its own; remembers what it was asked. */
final class FakeOsv implements AutoCloseable {

    private final HttpServer server;
    private final List<JsonNode> asked = new ArrayList<>();

    /** @param answer to what it is asked, status and body; null for none at all */
    FakeOsv(Function<JsonNode, Answer> answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/querybatch", exchange -> {
            JsonNode question =
                    new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            synchronized (asked) {
                asked.add(question);
            }
            Answer given = answer.apply(question);
            if (given != null) {
                byte[] body = given.body().getBytes(UTF_8);
                exchange.sendResponseHeaders(given.status(), body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
        });
        server.start();
    }

    record Answer(int status, String body) {}

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<JsonNode> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
