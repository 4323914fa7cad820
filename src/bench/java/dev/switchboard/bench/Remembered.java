package dev.switchboard.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What history costs when there is much of it: a store is filled through the sockets with millions of frames, nine in
 * ten of them in reads of many lines and the rest a read each, then searched, exported and opened again. Used by one
 * thread.
 */
final class Remembered {

    private static final int FILLERS = 64;
    private static final int PAGES = 21;
    private static final int EXPORTS = 3;
    private static final Pattern CONNECTION = Pattern.compile("\"connection\":\"([^\"]+)\"");
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");

    private final String classPath;
    private final Path data;
    private final long frames;
    private final HttpClient http = HttpClient.newHttpClient();
    private SwitchboardServer server;

    /** All times in milliseconds. */
    record Result(
            long frames,
            double bytesEach,
            double newest,
            double byConnection,
            double byEndpoint,
            double byTime,
            double searchAll,
            double searchNewest,
            double summary,
            double pcapngPerSecond,
            double ndjsonPerSecond,
            double startEmpty,
            double startFull) {}

    Remembered(String classPath, Path data, long frames) {
        this.classPath = classPath;
        this.data = data;
        this.frames = frames;
    }

    Result measure() throws IOException {
        List<Double> empty = new ArrayList<>();
        for (int i = 0; i < EXPORTS; i++) {
            empty.add(start(data.resolve("empty")));
            server.close();
        }
        start(data.resolve("full"));
        try {
            fill();
            // Closed in order and opened again, so that nothing is measured out of what just happens to be in memory.
            List<Double> full = new ArrayList<>();
            for (int i = 0; i < EXPORTS; i++) {
                server.close();
                full.add(start(data.resolve("full")));
            }
            return ask(Series.of(empty).median(), Series.of(full).median());
        } finally {
            server.close();
        }
    }

    private double start(Path folder) throws IOException {
        long begin = System.nanoTime();
        server = SwitchboardServer.start(
                classPath,
                List.of(),
                folder,
                "--switchboard.history.max-bytes=16GB",
                "--switchboard.history.query-timeout=5m");
        get("/api/history");
        return (System.nanoTime() - begin) / 1e6;
    }

    private void fill() throws IOException {
        while (kept() < frames / 10) {
            run(1);
        }
        while (kept() < frames) {
            run(32);
        }
    }

    /** New connections each time, so that the store holds many. */
    private void run(int window) throws IOException {
        try (Load load = new Load(server.address(), FILLERS, window)) {
            load.run(Duration.ofMillis(500));
        }
    }

    private long kept() throws IOException {
        return number(get("/api/history"), "frames");
    }

    private Result ask(double startEmpty, double startFull) throws IOException {
        String history = get("/api/history");
        long kept = number(history, "frames");
        double bytesEach = (double) number(history, "bytes") / kept;
        List<String> connections = new ArrayList<>();
        List<String> times = new ArrayList<>();
        sample(connections, times);
        double newest = median(i -> timed("/api/messages"));
        double byConnection =
                median(i -> timed("/api/messages?connection=" + connections.get((int) i % connections.size())));
        double byEndpoint = median(i -> timed("/api/messages?endpoint=echo"));
        double byTime = median(i -> timed("/api/messages?until=" + times.get((int) i % times.size())));
        double searchAll = median(i -> timed("/api/messages?containsHex=00ff00ff"));
        double searchNewest = median(i -> timed("/api/messages?containsHex=00ff00ff&since=" + times.get(1)));
        double summary = median(i -> timed("/api/messages/summary?buckets=120"));
        return new Result(
                kept,
                bytesEach,
                newest,
                byConnection,
                byEndpoint,
                byTime,
                searchAll,
                searchNewest,
                summary,
                exported("pcapng"),
                exported("ndjson"),
                startEmpty,
                startFull);
    }

    /** From pages all over the store, newest first. */
    private void sample(List<String> connections, List<String> times) throws IOException {
        long newest = number(get("/api/messages?limit=1"), "id");
        long oldest = number(first("/api/messages/export?format=ndjson"), "id");
        for (int i = 0; i < PAGES; i++) {
            long before = newest - (newest - oldest) / PAGES * i;
            String found = get("/api/messages?limit=1&before=" + before);
            connections.add(text(found, CONNECTION));
            times.add(text(found, AT));
        }
    }

    private double median(LongUnaryOperator nanos) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            millis.add(nanos.applyAsLong(i) / 1e6);
        }
        return Series.of(millis).median();
    }

    private long timed(String path) {
        try {
            long begin = System.nanoTime();
            get(path);
            return System.nanoTime() - begin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes a second, the best of some. */
    private double exported(String format) throws IOException {
        double best = 0;
        for (int i = 0; i < EXPORTS; i++) {
            long begin = System.nanoTime();
            long bytes = 0;
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = open("/api/messages/export?format=" + format)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                }
            }
            best = Math.max(best, bytes * 1e9 / (System.nanoTime() - begin));
        }
        return best;
    }

    private String first(String path) throws IOException {
        try (InputStream in = open(path)) {
            return new String(in.readNBytes(1000), UTF_8);
        }
    }

    private String get(String path) throws IOException {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private InputStream open(String path) throws IOException {
        try {
            HttpResponse<InputStream> response = http.send(
                    HttpRequest.newBuilder(URI.create(server.http() + path)).build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IOException(path + " was answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static long number(String json, String name) {
        return Long.parseLong(text(json, Pattern.compile("\"" + name + "\":\"?(\\d+)")));
    }

    private static String text(String json, Pattern wanted) {
        Matcher found = wanted.matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + wanted + " in " + json);
        }
        return found.group(1);
    }
}
