package dev.switchboard.soak;

import dev.switchboard.process.Api;
import dev.switchboard.process.Proc;
import dev.switchboard.process.SwitchboardProcess;
import dev.switchboard.process.Wrong;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.util.FileSystemUtils;

/**
 * Everything at once, for as long as told, on the whole application in a process of its own:
 *
 * <pre>
 *   start ─► warm-up ─► round ─► quiet ─► round ─► quiet ─► …  ─► SIGTERM under load ─► start again, look what is there
 *                       │          └ heap after a collection, threads, descriptors: flat from first to last
 *                       └ all {@link Trouble}s together; what comes back is compared with what was sent
 * </pre>
 *
 * Only loopback, and all loads are bounded. A time on the clock is asserted nowhere: a slow machine only does less.
 */
final class Soak {

    static final String TOKEN = "soak-0123456789abcdef";
    static final int MAX_CONNECTIONS = 150;

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration SHORTEST_ROUND = Duration.ofSeconds(12);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private static final String[] PROPERTIES = {
        "switchboard.access.token=" + TOKEN,
        "switchboard.capture.max-bytes=16MB",
        "switchboard.history.max-bytes=512MB",
        "switchboard.closed-kept=2000",
        "switchboard.max-peers=50",
        "switchboard.max-endpoint-connections=" + MAX_CONNECTIONS,
        "switchboard.send-timeout=5s",
        "switchboard.reconnect-max=1s",
        "switchboard.half-close-linger=1s",
        "switchboard.live.heartbeat=1s",
    };

    private final Path work;
    private final PrintStream out;
    private final long seed;
    private final Random seeds;
    private final Failures failures;
    private final LongAdder requests = new LongAdder();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<Trouble, Tally> passing = new LinkedHashMap<>();
    private final Map<Trouble, Tally> standing = new LinkedHashMap<>();
    private final Tally farewell = new Tally();
    private final List<Vitals> quiets = new ArrayList<>();
    private final long began = System.nanoTime();

    Soak(Path work, PrintStream out, long seed) {
        this.work = work;
        this.out = out;
        this.seed = seed;
        this.seeds = new Random(seed);
        this.failures = new Failures(out);
        for (Trouble trouble : troubles()) {
            (trouble.standing() ? standing : passing).put(trouble, new Tally());
        }
    }

    private static List<Trouble> troubles() {
        return List.of(
                new EchoCallers("echo-lf", Frames.Wire.LF),
                new EchoCallers("echo-length", Frames.Wire.LENGTH),
                new EchoCallers("echo-raw", Frames.Wire.RAW),
                new Postcards(),
                new RestlessServers(),
                new Resetters(),
                new NonReaders(),
                new Trickle(),
                new HalfClosers(),
                new Flood(),
                new ComingAndGoing(),
                new Operators(),
                new Onlookers(),
                new LivePages(),
                new SleepingPages(),
                new StreamReaders(),
                new Archivists(),
                new Vandals(),
                new Guessers());
    }

    /** @param args for how many minutes, and perhaps a seed */
    static void main(String[] args) throws Exception {
        double minutes = Double.parseDouble(args[0].strip());
        long seed = args.length > 1 && !args[1].isBlank() ? Long.parseLong(args[1].strip()) : System.nanoTime();
        Path work = Files.createTempDirectory(Files.createDirectories(Path.of("target", "soak")), "run");
        List<String> failures = new Soak(work, System.out, seed).run(Duration.ofMillis((long) (minutes * 60_000)));
        if (failures.isEmpty()) {
            FileSystemUtils.deleteRecursively(work);
        }
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    /** What went wrong, as sentences. */
    List<String> run(Duration time) throws Exception {
        out.println("soaking for " + time + " with seed " + seed + ", see " + work.toAbsolutePath());
        try (SwitchboardProcess running = SwitchboardProcess.start(work, PROPERTIES)) {
            LogWatch log = new LogWatch(running.log());
            try (Api standingApi = new Api(running.url(), TOKEN, requests, null)) {
                furnish(standingApi);
                Round whole = new Round(standingApi, ports, failures);
                whole.begin(standing, seeds);
                round(running, log, WARM_UP, "warm-up");
                rounds(running, log, time);
                whole.end();
                if (running.isAlive()) {
                    Field last = new Field(standingApi, ports, new Random(seeds.nextLong()), farewell, () -> false);
                    attempt("farewell", () -> Farewell.say(running, last, work, PROPERTIES));
                }
            }
            log.complaints().forEach(line -> failures.add("in the log at the end: " + line));
        }
        int quarter = Math.max(1, quiets.size() / 4);
        Vitals first = Vitals.typical(quiets.subList(0, quarter));
        Vitals last = Vitals.typical(quiets.subList(quiets.size() - quarter, quiets.size()));
        first.grewTo(last).ifPresent(failures::add);
        summary(first, last);
        return failures.sentences();
    }

    /** Endpoints that are always there. */
    private void furnish(Api api) throws IOException, Wrong {
        server(api, "echo-lf", "echo", Map.of("type", "lf"));
        server(api, "echo-length", "echo", Map.of("type", "length", "bytes", 2));
        server(api, "echo-json", "echo", Map.of("type", "json"));
        server(api, "echo-raw", "echo", Map.of("type", "raw"));
        server(api, "flood", "echo", Map.of("type", "lf"));
        server(api, "trickle", "echo", Map.of("type", "lf"));
        server(api, "quiet", "none", Map.of("type", "lf"));
        ports.put("udp", api.make(Map.of("name", "udp", "type", "udp", "bind", "127.0.0.1:0", "onReceive", "echo")));
    }

    private void server(Api api, String name, String onReceive, Map<String, Object> framing) throws IOException, Wrong {
        ports.put(
                name,
                api.make(Map.of(
                        "name",
                        name,
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        framing,
                        "onReceive",
                        onReceive)));
    }

    private void rounds(SwitchboardProcess running, LogWatch log, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        Duration each = time.dividedBy(12);
        each = each.compareTo(SHORTEST_ROUND) < 0 ? SHORTEST_ROUND : each;
        each = each.compareTo(LONGEST_ROUND) > 0 ? LONGEST_ROUND : each;
        do {
            quiets.add(round(running, log, each, "round " + (quiets.size() + 1)));
        } while (System.nanoTime() < end && running.isAlive());
    }

    private Vitals round(SwitchboardProcess running, LogWatch log, Duration time, String title) throws Exception {
        try (Api api = new Api(running.url(), TOKEN, requests, null)) {
            Round round = new Round(api, ports, failures);
            long end = System.nanoTime() + time.toNanos();
            round.begin(passing, seeds);
            while (System.nanoTime() < end
                    && running.isAlive()
                    && !Thread.currentThread().isInterrupted()) {
                long cpu = Proc.cpuNanos(running.pid());
                long start = System.nanoTime();
                Duration left = Duration.ofNanos(Math.clamp(end - start, 1_000_000, PROGRESS.toNanos()));
                if (!running.exitsWithin(left)) {
                    double cores = (double) (Proc.cpuNanos(running.pid()) - cpu) / (System.nanoTime() - start);
                    progress(title, String.format(Locale.ROOT, "%.2f cores", cores));
                }
            }
            round.end();
            if (!running.isAlive()) {
                failures.add("the process ended by itself, with exit code " + running.exitCode());
                return new Vitals(0, 0, 0);
            }
            attempt("quiet", () -> becomesQuiet(api));
        }
        log.complaints().forEach(line -> failures.add("in the log: " + line));
        Vitals quiet = Vitals.of(
                running.pid(),
                quiets.stream().mapToInt(Vitals::descriptors).min().orElse(0));
        progress(title, "quiet: " + quiet);
        return quiet;
    }

    /** All connections of the round are gone, and everything that crossed was recorded. */
    private void becomesQuiet(Api api) throws Exception {
        for (String endpoint : ports.keySet()) {
            if (!endpoint.equals("trickle") && !endpoint.equals("udp")) {
                api.until(
                        "/api/endpoints/" + endpoint,
                        known -> known.path("counters").path("connectionsOpen").asInt() == 0,
                        "no connection is open");
            }
            // Datagrams can't wait while history is far behind: these are counted, see Postcards.
            Wrong.unless(
                    endpoint.equals("udp") || gap(api, endpoint) == 0, "%s has a gap in what was captured", endpoint);
        }
        Wrong.unless(api.get("/actuator/health").path("status").asString().equals("UP"), "health is not UP");
    }

    static long gap(Api api, String endpoint) throws IOException, Wrong {
        return api.get("/api/endpoints/" + endpoint)
                .path("counters")
                .path("captureGap")
                .asLong();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            failures.add(what + ": " + (e instanceof Wrong ? e.getMessage() : e.toString()));
        }
    }

    private void progress(String title, String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        out.printf(
                Locale.ROOT,
                "%02d:%02d:%02d %s: %,d checked, %,d connections, %,d requests, %d failures; %s%n",
                since.toHours(),
                since.toMinutesPart(),
                since.toSecondsPart(),
                title,
                sum(tally -> tally.checked),
                sum(tally -> tally.connections),
                requests.sum(),
                failures.count(),
                what);
    }

    private long sum(java.util.function.Function<Tally, LongAdder> of) {
        return java.util.stream.Stream.concat(passing.values().stream(), standing.values().stream())
                .mapToLong(tally -> of.apply(tally).sum())
                .sum();
    }

    private void summary(Vitals first, Vitals last) {
        out.println();
        out.printf("%-24s %10s %14s %14s %10s%n", "trouble", "times", "checked", "connections", "failures");
        Map<Trouble, Tally> all = new LinkedHashMap<>(passing);
        all.putAll(standing);
        all.forEach((trouble, tally) -> line(trouble.title(), tally));
        line("farewell", farewell);
        out.printf("%nfirst quarter: %s%nlast quarter:  %s%n", first, last);
        out.println(
                failures.count() == 0
                        ? "nothing went wrong in " + quiets.size() + " rounds"
                        : failures.count() + " failures; the first: "
                                + failures.sentences().getFirst());
    }

    private void line(String title, Tally tally) {
        out.printf(
                Locale.ROOT,
                "%-24s %,10d %,14d %,14d %,10d%n",
                title,
                tally.units.sum(),
                tally.checked.sum(),
                tally.connections.sum(),
                tally.failures.sum());
    }
}
