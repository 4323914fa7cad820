package dev.switchboard.bench;

import dev.switchboard.bench.Results.Echo;
import dev.switchboard.bench.Results.Idle;
import dev.switchboard.bench.Results.Udp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Measures Switchboard against other echo servers, each a process of its own, loaded one after the other:
 *
 * <pre>
 *   generation   start all, warm all up
 *     scenario     round 1: A B C …   round 2: A B C …
 *                stop all
 *                idle crowds and datagrams, each on a fresh process
 * </pre>
 *
 * <p>What is compared is measured within seconds of each other, so a machine that is busy with something else for a
 * while is so for all. Only loopback, and all loads are bounded in number and time.
 */
final class Bench {

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    /** One of those that follow as long as it gets faster, and how many of them at the most. */
    private static final Duration WARM_UP_STEP = Duration.ofSeconds(2);

    private static final int WARM_UP_STEPS = 10;
    static final int UDP_PER_SECOND = 200_000;
    /** Descriptors that are not for the crowd. */
    private static final int SPARE_DESCRIPTORS = 900;

    private final Options options;
    private final List<Contender> contenders;
    private final Results results = new Results();

    private Bench(Options options) throws IOException {
        this.options = options;
        this.contenders = Contender.present(options);
    }

    static void main(String[] args) throws IOException {
        List<String> words = Arrays.stream(args)
                .flatMap(arg -> Arrays.stream(arg.strip().split("\\s+")))
                .filter(word -> !word.isEmpty())
                .toList();
        Options options;
        try {
            options = Options.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Bench bench = new Bench(options);
        String loadBefore = Proc.load();
        for (int generation = 1; generation <= options.generations(); generation++) {
            bench.echoes(generation);
            bench.idles();
            bench.udp();
            bench.watched();
        }
        bench.remembered();
        Report report = new Report(options, bench.contenders, bench.results, loadBefore);
        System.out.println();
        System.out.println(report.markdown());
        report.write();
        System.exit(bench.results.failures.isEmpty() ? 0 : 1);
    }

    private void echoes(int generation) throws IOException {
        if (Arrays.stream(Scenario.values()).noneMatch(scenario -> options.measures(scenario.option))) {
            return;
        }
        Map<Contender, Server> running = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                say("generation " + generation + ": starting and warming " + contender.name());
                Server server = contender.start().server(List.of());
                running.put(contender, server);
                warmUp(contender, server);
            }
            for (Scenario scenario : Scenario.values()) {
                for (int round = 1; round <= options.rounds() && options.measures(scenario.option); round++) {
                    running.forEach((contender, server) -> echo(scenario, contender, server));
                }
            }
        } finally {
            running.values().forEach(Server::close);
        }
    }

    /**
     * Loads the server with what will be measured until a line does not get cheaper any more. A fixed time would favour
     * the smaller program: a JIT compiler that still has much to compile takes a CPU of the two for itself.
     */
    private void warmUp(Contender contender, Server server) throws IOException {
        for (Scenario scenario : Scenario.values()) {
            if (!contender.forks() && options.measures(scenario.option)) {
                warmUp(server, scenario);
            }
        }
    }

    private static void warmUp(Server server, Scenario scenario) throws IOException {
        try (Load load = new Load(server.address(), scenario.connections, scenario.window)) {
            load.run(WARM_UP);
            double best = Double.MAX_VALUE;
            for (int step = 0, same = 0; step < WARM_UP_STEPS && same < 2; step++) {
                long cpu = server.cpuNanos();
                double each = load.run(WARM_UP_STEP).lines();
                each = (server.cpuNanos() - cpu) / each;
                same = each > best * 0.95 ? same + 1 : 0;
                best = Math.min(best, each);
            }
        }
    }

    private void echo(Scenario scenario, Contender contender, Server server) {
        if (contender.forks() && !scenario.bearsForks()) {
            return;
        }
        try (Load load = new Load(server.address(), scenario.connections, scenario.window)) {
            load.run(options.time().dividedBy(4));
            long cpu = server.cpuNanos();
            Load.Result result = load.run(options.time());
            cpu = server.cpuNanos() - cpu;
            Echo echo = new Echo(
                    result.perSecond(),
                    contender.forks() ? Double.NaN : cpu / 1e3 / result.lines(),
                    result.latencies().quantile(0.5) / 1e3,
                    result.latencies().quantile(0.99) / 1e3,
                    result.generatorBusy());
            results.add(scenario, contender.name(), echo);
            say(scenario.option + ", " + contender.name() + ": " + Series.count(echo.perSecond()) + "/s, "
                    + Series.decimal(echo.cpuMicros()) + " µs CPU, generator busy "
                    + Math.round(100 * echo.generatorBusy()) + " %");
        } catch (IOException e) {
            fail(scenario.option + ", " + contender.name(), e);
        }
    }

    private void idles() {
        for (Contender contender : contenders) {
            if (options.measures("idle") && !contender.forks()) {
                try (Server server = contender.start().server(Server.TIGHT_HEAP)) {
                    idle(contender, server);
                } catch (IOException e) {
                    fail("idle, " + contender.name(), e);
                }
            }
        }
    }

    private void idle(Contender contender, Server server) throws IOException {
        int size = Math.min(options.idle(), descriptors() - SPARE_DESCRIPTORS);
        try (Load load = new Load(server.address(), 1, 1)) {
            load.run(WARM_UP);
            try (Crowd few = new Crowd(server.address(), Math.min(size, 1000))) {
                say("idle, " + contender.name() + ": warmed up, " + Series.count(few.perSecond()) + " opens/s");
            }
            double alone = load.run(options.time()).perSecond();
            long before = server.residentBytes();
            double beside;
            double opens;
            double each;
            double raw;
            try (Crowd crowd = new Crowd(server.address(), size)) {
                opens = crowd.perSecond();
                raw = (double) (Proc.residentBytes(server.pid()) - before) / size;
                each = (double) (server.residentBytes() - before) / size;
                beside = load.run(options.time()).perSecond();
            }
            alone = (alone + load.run(options.time()).perSecond()) / 2;
            Idle idle = new Idle(size, opens, each, raw, alone, beside);
            results.add(contender.name(), idle);
            say(String.format(
                    Locale.ROOT,
                    "idle, %s: %d connections at %.0f/s, %.1f KB each (%.1f with garbage), ping-pong %.0f/s alone, %.0f/s beside",
                    contender.name(),
                    size,
                    opens,
                    each / 1000,
                    raw / 1000,
                    alone,
                    beside));
        }
    }

    private static int descriptors() {
        return (int) Math.min(
                Integer.MAX_VALUE,
                ((com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getMaxFileDescriptorCount());
    }

    private void udp() {
        for (Contender contender : contenders) {
            if (options.measures("udp") && contender.name().equals(Contender.SWITCHBOARD)) {
                try (SwitchboardServer server =
                        (SwitchboardServer) contender.start().server(List.of())) {
                    udp(server, "warm-up", WARM_UP);
                    results.udp.add(udp(server, "udp", options.time().multipliedBy(2)));
                } catch (IOException e) {
                    fail("udp", e);
                }
            }
        }
    }

    private static Udp udp(SwitchboardServer server, String endpoint, Duration time) throws IOException {
        var target = server.bindUdp(endpoint);
        long cpu = server.cpuNanos();
        UdpLoad.Sent sent = UdpLoad.send(target, UDP_PER_SECOND, time);
        long received = server.counter(endpoint, "framesIn");
        long deadline = System.nanoTime() + WARM_UP.toNanos();
        long drops = Proc.udpDrops(target.getPort());
        while (received + drops < sent.sent() && System.nanoTime() < deadline) {
            received = server.counter(endpoint, "framesIn");
            drops = Proc.udpDrops(target.getPort());
        }
        Udp udp = new Udp(
                sent.sent(),
                sent.perSecond(),
                received,
                server.counter(endpoint, "captureGap"),
                drops,
                server.receiveBuffer(endpoint),
                (server.cpuNanos() - cpu) / 1e3 / sent.sent());
        server.delete(endpoint);
        say(udp.toString());
        return udp;
    }

    private void watched() {
        for (Contender contender : contenders) {
            if (options.measures("pages") && contender.name().equals(Contender.SWITCHBOARD)) {
                try (SwitchboardServer server =
                        (SwitchboardServer) contender.start().server(List.of())) {
                    warmUp(server, Scenario.PIPELINED);
                    Watched watched = new Watched(server, options.time().multipliedBy(2));
                    // The first pages are served by code that was never run before.
                    watched.measure();
                    for (int round = 1; round <= options.rounds(); round++) {
                        Watched.Result result = watched.measure();
                        results.watched.add(result);
                        say(result.toString());
                    }
                } catch (IOException e) {
                    fail("pages", e);
                }
            }
        }
    }

    private void remembered() {
        if (!options.measures("history") || !options.wants(Contender.SWITCHBOARD.toLowerCase(Locale.ROOT))) {
            return;
        }
        try {
            Path data = Files.createTempDirectory(Server.WORK, "history");
            try {
                Remembered.Result result =
                        new Remembered(Contender.switchboardClassPath(), data, options.frames()).measure();
                results.remembered.add(result);
                say(result.toString());
            } finally {
                FileSystemUtils.deleteRecursively(data);
            }
        } catch (IOException | RuntimeException e) {
            fail("history", e);
        }
    }

    private void fail(String what, Exception reason) {
        results.failures.add(what + ": " + reason.getMessage());
        say("FAILED " + what + ": " + reason.getMessage());
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
