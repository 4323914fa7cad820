package dev.switchboard.page;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Switchboard in a process of its own, from {@link #start} to {@link #close}. */
final class RunningSwitchboard implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final String root;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningSwitchboard(Process process, int port, String root) {
        this.process = process;
        this.port = port;
        this.root = root;
    }

    static RunningSwitchboard start(Path data) throws IOException {
        return start(data, freePort(), "");
    }

    static RunningSwitchboard start(Path data, int port) throws IOException {
        return start(data, port, "");
    }

    /** Behind a path that comes before all of its own. */
    static RunningSwitchboard under(String root, Path data) throws IOException {
        return start(data, freePort(), root);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static RunningSwitchboard start(Path data, int port, String root) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.switchboard.Switchboard",
                        "--server.port=" + port,
                        "--server.servlet.context-path=" + root,
                        "--switchboard.starter=false",
                        "--switchboard.data-dir=" + data))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("output.log").toFile())
                .start();
        RunningSwitchboard running = new RunningSwitchboard(process, port, root);
        running.awaitReady();
        return running;
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                get("actuator/health/readiness");
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline || exitsWithin(100)) {
                    close();
                    throw new IOException("Switchboard does not come up", notYet);
                }
            }
        }
    }

    private boolean exitsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + root + "/";
    }

    /** Makes an endpoint; where it listens. */
    String endpoint(String definition) throws IOException {
        String made = send(HttpRequest.newBuilder(URI.create(url() + "api/endpoints"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(definition)));
        return new JsonMapper().readTree(made).get("localAddress").asString();
    }

    private String get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url() + path)));
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

    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Ends it without a word. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroy();
        if (!exitsWithin(PATIENCE.toMillis())) {
            process.destroyForcibly();
        }
    }
}
