package dev.switchboard.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/**
 * Measures the live page while 100,000 messages a second pass: frames drawn, how long an input takes to be answered on
 * the screen, and the page's heap after a collection, line by line as time passes. A program and no test, for its
 * figures depend on the machine; the browser draws in software here, on the same processors.
 *
 * <pre>./mvnw -q -Pbrowser test-compile exec:exec@page-load -Dload.seconds=600</pre>
 */
final class PageUnderLoad {

    private static final int MESSAGES_PER_SECOND = 100_000;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final int LINES = 20;

    /** An input of less than this is not reported by the browser; it was answered within the next frame. */
    private static final int UNREPORTED_MILLIS = 16;

    private static final String PROBE = """
            () => {
              const probe = window.probe = { frames: 0, longest: 0, inputs: [] };
              let last = performance.now();
              const frame = now => {
                probe.frames++;
                probe.longest = Math.max(probe.longest, now - last);
                last = now;
                requestAnimationFrame(frame);
              };
              requestAnimationFrame(frame);
              new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => probe.inputs.push(duration)))
                .observe({ type: 'event', durationThreshold: 16 });
            }""";
    private static final String TAKE = """
            () => {
              const { frames, longest, inputs } = window.probe;
              Object.assign(window.probe, { frames: 0, longest: 0, inputs: [] });
              return JSON.stringify({ frames, longest, inputs, rows: document.querySelector('sb-table [role=grid]').getAttribute('aria-rowcount') });
            }""";

    private final Page page;
    private final CDPSession devTools;
    private final RunningSwitchboard server;

    private PageUnderLoad(Page page, CDPSession devTools, RunningSwitchboard server) {
        this.page = page;
        this.devTools = devTools;
        this.server = server;
    }

    /** @param seconds in a line: frames a second, the longest frame and slowest input in ms, megabytes of heap */
    private record Line(double seconds, double frames, double longest, double input, double heap) {}

    static void main(String[] args) throws IOException {
        Duration time = Duration.ofSeconds(Math.clamp(Long.parseLong(args[0].strip()), 20, 3600));
        Path data = Files.createTempDirectory("switchboard-page-load");
        try (RunningSwitchboard server = RunningSwitchboard.start(data);
                Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.setViewportSize(1440, 900);
            String meter = server.endpoint("""
                    {"name": "meter", "type": "tcp-server", "bind": "127.0.0.1:0", "framing": {"type": "lf"}}""");
            page.navigate(server.url());
            CDPSession devTools = context.newCDPSession(page);
            devTools.send("Performance.enable");
            page.evaluate(PROBE);
            try (LineLoad load = LineLoad.start(meter, MESSAGES_PER_SECOND)) {
                new PageUnderLoad(page, devTools, server).watch(time, load);
            }
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
    }

    private void watch(Duration time, LineLoad load) throws IOException {
        line(WARM_UP.toNanos());
        long sent = load.sent();
        long began = System.nanoTime();
        long cpu = server.cpuNanos();
        List<Line> lines = new ArrayList<>();
        print("after s", "frames/s", "longest frame ms", "slowest input ms", "heap MB");
        for (int i = 0; i < LINES; i++) {
            Line line = line(time.toNanos() / LINES);
            lines.add(line);
            print(
                    (System.nanoTime() - began) / 1_000_000_000,
                    text(line.frames),
                    text(line.longest),
                    line.input <= UNREPORTED_MILLIS ? "≤ " + UNREPORTED_MILLIS : text(line.input),
                    text(line.heap));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double rate = (load.sent() - sent) / seconds;
        double core = (server.cpuNanos() - cpu) / 1e9 / seconds;
        System.out.printf(
                Locale.ROOT,
                "%n%.0f messages/s for %.0f s; the server used %.2f of a core; load average at the end %s%n",
                rate,
                seconds,
                core,
                Files.readString(Path.of("/proc/loadavg")).strip());
        double[] frames = lines.stream().mapToDouble(Line::frames).sorted().toArray();
        double firstHeap = heap(lines.subList(0, LINES / 4));
        double lastHeap = heap(lines.subList(LINES - LINES / 4, LINES));
        System.out.printf(
                Locale.ROOT,
                "frames a second: median %.0f, least %.0f; slowest input %.0f ms; heap %.1f MB in the first quarter, %.1f in the last%n",
                frames[LINES / 2],
                frames[0],
                lines.stream().mapToDouble(Line::input).max().orElseThrow(),
                firstHeap,
                lastHeap);
    }

    private static double heap(List<Line> lines) {
        return lines.stream().mapToDouble(Line::heap).average().orElseThrow();
    }

    /** Uses the page for that long, as somebody who looks at rows does: up, down, another tab, back to the newest. */
    private Line line(long nanos) {
        long start = System.nanoTime();
        List<String> keys = List.of("k", "k", "j", "1", "2", "Escape", "f");
        for (int i = 0; System.nanoTime() - start < nanos; i++) {
            page.keyboard().press(keys.get(i % keys.size()));
            page.waitForTimeout(250);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        JsonObject seen = JsonParser.parseString((String) page.evaluate(TAKE)).getAsJsonObject();
        double slowest = UNREPORTED_MILLIS;
        for (JsonElement input : seen.getAsJsonArray("inputs")) {
            slowest = Math.max(slowest, input.getAsDouble());
        }
        return new Line(
                seconds,
                seen.get("frames").getAsInt() / seconds,
                seen.get("longest").getAsDouble(),
                slowest,
                heapBytes() / 1e6);
    }

    private double heapBytes() {
        devTools.send("HeapProfiler.collectGarbage");
        JsonArray metrics = devTools.send("Performance.getMetrics").getAsJsonArray("metrics");
        for (JsonElement metric : metrics) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("JSHeapUsedSize")) {
                return metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("no heap size among " + metrics);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static void print(Object... cells) {
        System.out.println(String.join(
                " | ",
                Arrays.stream(cells).map(cell -> String.format("%16s", cell)).toList()));
    }
}
