package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Switchboard as anybody runs it: the whole application, its endpoints made over the API, all traffic captured and kept
 * in history, and a browser's live feed attached.
 */
final class SwitchboardServer extends Server {

    private static final Pattern LOCAL_ADDRESS = Pattern.compile("\"localAddress\":\"127\\.0\\.0\\.1:(\\d+)\"");
    private static final Pattern GRANTED = Pattern.compile("receive buffer of (\\d+) bytes granted");

    private final HttpClient http;
    private final int httpPort;
    private final Deque<LiveReader> readers = new ArrayDeque<>();
    private final Map<String, Long> granted = new HashMap<>();

    private @Nullable Path temporary;

    private SwitchboardServer(Process process, int httpPort) throws IOException {
        super(process, true, httpPort);
        this.httpPort = httpPort;
        this.http = HttpClient.newHttpClient();
        try {
            awaitListening("switchboard");
            delete("echo");
            address(listen(post("{\"name\": \"echo\", \"type\": \"tcp-server\", \"bind\": \"127.0.0.1:0\", "
                    + "\"framing\": {\"type\": \"lf\"}, \"onReceive\": \"echo\"}")));
            pages(1);
        } catch (IOException | RuntimeException e) {
            super.close();
            throw e;
        }
    }

    /** With a data directory of its own, which is small, and is deleted with it. */
    static SwitchboardServer start(String classPath, List<String> jvmOptions, String... arguments) throws IOException {
        Path data = Files.createTempDirectory(WORK, "data");
        SwitchboardServer server = start(
                classPath,
                jvmOptions,
                data,
                Stream.concat(Stream.of("--switchboard.history.max-bytes=256MB"), Stream.of(arguments))
                        .toArray(String[]::new));
        server.temporary = data;
        return server;
    }

    /** On data that may be there already. */
    static SwitchboardServer start(String classPath, List<String> jvmOptions, Path data, String... arguments)
            throws IOException {
        int port = freePort();
        List<String> all = new ArrayList<>(
                List.of("--server.port=" + port, "--switchboard.data-dir=" + data, "--switchboard.starter=false"));
        all.addAll(List.of(arguments));
        return new SwitchboardServer(
                launch(
                        "switchboard",
                        java(jvmOptions, classPath, "dev.switchboard.Switchboard", all.toArray(String[]::new))),
                port);
    }

    /** Makes a UDP endpoint; where it is bound. */
    InetSocketAddress bindUdp(String name) throws IOException {
        InetSocketAddress address =
                listen(post("{\"name\": \"%s\", \"type\": \"udp\", \"bind\": \"127.0.0.1:0\"}".formatted(name)));
        // Asked now: what the load to come leaves behind pushes this event out of history.
        granted.put(name, number(get("/api/events?endpoint=" + name), GRANTED));
        return address;
    }

    /** One of the counters of an endpoint. */
    long counter(String endpoint, String counter) throws IOException {
        return number(get("/api/endpoints/" + endpoint), Pattern.compile("\"" + counter + "\":(\\d+)"));
    }

    /** The receive buffer the kernel granted, in bytes. */
    long receiveBuffer(String endpoint) {
        return Objects.requireNonNull(granted.get(endpoint));
    }

    /** Does nothing when there is none. */
    void delete(String endpoint) throws IOException {
        if (get("/api/endpoints").contains("\"name\":\"" + endpoint + "\"")) {
            send(HttpRequest.newBuilder(uri("/api/endpoints/" + endpoint)).DELETE());
        }
    }

    /** Where the API is. */
    String http() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** Has so many pages open that follow everything. */
    void pages(int wanted) {
        while (readers.size() < wanted) {
            readers.add(new LiveReader(http, URI.create("ws://127.0.0.1:" + httpPort + "/ws/live")));
        }
        while (readers.size() > wanted) {
            readers.remove().close();
        }
    }

    /** Batches that the pages open now have had so far. */
    long liveBatches() {
        return readers.stream().mapToLong(LiveReader::batches).sum();
    }

    private InetSocketAddress listen(String endpoint) {
        return loopback((int) number(endpoint, LOCAL_ADDRESS));
    }

    private static long number(String json, Pattern wanted) {
        Matcher found = wanted.matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + wanted + " in " + json);
        }
        return Long.parseLong(found.group(1));
    }

    private String get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private String post(String json) throws IOException {
        return send(HttpRequest.newBuilder(uri("/api/endpoints"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException("the API answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        pages(0);
        super.close();
        http.shutdownNow();
        if (temporary != null) {
            FileSystemUtils.deleteRecursively(temporary.toFile());
        }
    }
}
