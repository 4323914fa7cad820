package dev.switchboard.bench;

import dev.switchboard.bench.Results.Echo;
import dev.switchboard.bench.Results.Idle;
import dev.switchboard.bench.Results.Udp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results in Markdown. */
final class Report {

    private static final String BEGIN = "<!-- results: written by the benchmark, do not edit -->";
    private static final String END = "<!-- end of results -->";

    private final Options options;
    private final List<Contender> contenders;
    private final Results results;
    private final String loadBefore;
    private final StringBuilder text = new StringBuilder();

    Report(Options options, List<Contender> contenders, Results results, String loadBefore) {
        this.options = options;
        this.contenders = contenders;
        this.results = results;
        this.loadBefore = loadBefore;
    }

    String markdown() throws IOException {
        text.setLength(0);
        machine();
        goals();
        for (Scenario scenario : Scenario.values()) {
            echoes(scenario);
        }
        idles();
        udp();
        watched();
        remembered();
        failures();
        return text.toString();
    }

    /** Replaces what was between the marks; what is written by hand around them stays. */
    void write() throws IOException {
        Path file = options.output();
        String old = Files.exists(file) ? Files.readString(file) : "";
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        String head = begin < 0 ? old : old.substring(0, begin);
        String tail = end < 0 ? "\n" : old.substring(end + END.length());
        Files.writeString(file, head + BEGIN + "\n\n" + markdown() + "\n" + END + tail);
        System.out.println("written to " + file);
    }

    private void machine() throws IOException {
        line(
                "%s UTC, Linux %s, %s, %d CPUs, Java %s (%s). %s: %d generations of %d rounds of %d s. Load average "
                        + "%s before, %s at the end (the benchmark itself makes about 2).",
                OffsetDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")),
                System.getProperty("os.version"),
                Proc.cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vm.name"),
                options.quick() ? "Quick run" : "Full run",
                options.generations(),
                options.rounds(),
                options.time().toSeconds(),
                loadBefore,
                Proc.load());
        line("");
        contenders.forEach(contender -> line("- %s: %s", contender.name(), contender.what()));
        line("");
    }

    // ------------------------------------------------------------------ goals

    private void goals() {
        line("| goal, capture on, history kept, live feed attached | result | |");
        line("|---|---|---|");
        ratioGoal("pipelined echo, 64 connections: ≥ 1.5× Netty", Scenario.PIPELINED, Contender.NETTY, 1.5);
        ratioGoal("ping-pong, 64 connections: ≥ 1.2× Netty", Scenario.PING_PONG_64, Contender.NETTY, 1.2);
        eitherGoal();
        ratioGoal("ping-pong, one connection: ≥ 1.0× Netty", Scenario.PING_PONG_1, Contender.NETTY, 1.0);
        String mine = Contender.SWITCHBOARD;
        Series beside = results.idle(mine, idle -> idle.beside() / idle.alone());
        int size = results.idles().getOrDefault(mine, List.of()).stream()
                .mapToInt(Idle::size)
                .findFirst()
                .orElse(options.idle());
        String crowd = String.format(Locale.ROOT, "%,d", size);
        goal(
                "one more ping-pong beside " + crowd + " idle connections: ≥ 0.95× of alone",
                beside.text(Report::times),
                !beside.isEmpty() && beside.median() >= 0.95);
        Series each = results.idle(mine, Idle::bytesEach);
        goal(
                "memory a connection that has spoken, at " + crowd + ": ≤ 20 KB resident",
                each.text(bytes -> Series.decimal(bytes / 1000) + " KB"),
                !each.isEmpty() && each.median() <= 20_000);
        Series opens = results.idle(mine, Idle::opensPerSecond);
        goal(
                "opening " + crowd + " connections: ≥ 4,000/s",
                opens.text(Series::count) + "/s",
                !opens.isEmpty() && opens.median() >= 4000);
        // A generator that was held up makes it too easy.
        Series lost = Series.of(results.udp.stream()
                .filter(udp -> udp.perSecond() > 0.98 * Bench.UDP_PER_SECOND)
                .map(udp -> (double) (udp.sent() - udp.received()))
                .toList());
        goal(
                "UDP 64 bytes at 200,000/s, 4 MB buffer granted: no loss",
                lost.text(Series::count) + " lost",
                !lost.isEmpty() && lost.median() == 0);
        ratioGoal(
                "pipelined echo with history on disk: ≥ 0.8× of history in memory",
                Scenario.PIPELINED,
                Contender.IN_MEMORY,
                0.8);
        watchedGoals();
        rememberedGoals();
        line("| capture: ≤ 0.3 µs and ≤ 40 bytes allocated a small frame | see below | |");
        line("");
    }

    private void ratioGoal(String goal, Scenario scenario, String other, double least) {
        Series ratio = results.ratio(scenario, Contender.SWITCHBOARD, other);
        goal(goal, ratio.text(Report::times), !ratio.isEmpty() && ratio.median() >= least);
    }

    private void eitherGoal() {
        Series epoll = results.ratio(Scenario.PING_PONG_64, Contender.SWITCHBOARD, Contender.EPOLL);
        Series nio = results.ratio(Scenario.PING_PONG_64, Contender.SWITCHBOARD, Contender.NIO);
        goal(
                "ping-pong, 64 connections: ≥ 0.8× a C epoll or plain NIO echo",
                "C " + epoll.text(Report::times) + ", NIO " + nio.text(Report::times),
                (!epoll.isEmpty() && epoll.median() >= 0.8) || (!nio.isEmpty() && nio.median() >= 0.8));
    }

    private void goal(String goal, String result, boolean reached) {
        line(
                "| %s | %s | %s |",
                goal,
                result,
                result.contains("–/s") || result.startsWith("–") || result.startsWith("C –, NIO –")
                        ? "not measured"
                        : reached ? "✓" : "✗");
    }

    // ------------------------------------------------------------------ tables

    private void echoes(Scenario scenario) {
        Map<String, List<Echo>> measured = results.echoes(scenario);
        if (measured.isEmpty()) {
            return;
        }
        line("### %s", scenario.title);
        line("");
        line("| server | lines/s | × Netty | server CPU µs/line | p50 µs | p99 µs | generator busy |");
        line("|---|---|---|---|---|---|---|");
        for (String server : measured.keySet()) {
            line(
                    "| %s | %s | %s | %s | %s | %s | %s |",
                    server,
                    results.series(scenario, server, Echo::perSecond).text(Series::count),
                    results.ratio(scenario, server, Contender.NETTY).text(Report::times),
                    results.series(scenario, server, Echo::cpuMicros).text(Report::known),
                    micros(scenario, results.series(scenario, server, Echo::p50Micros)),
                    micros(scenario, results.series(scenario, server, Echo::p99Micros)),
                    percent(results.series(scenario, server, Echo::generatorBusy)
                            .median()));
        }
        line("");
    }

    private static String micros(Scenario scenario, Series series) {
        return scenario.window == 1 ? String.format(Locale.ROOT, "%.1f", series.median()) : "–";
    }

    private void idles() {
        if (results.idles().isEmpty()) {
            return;
        }
        line("### Idle connections that have spoken");
        line("");
        line(
                "| server | connections | opened and served | resident each | with garbage | ping-pong alone | beside them | ratio |");
        line("|---|---|---|---|---|---|---|---|");
        for (Map.Entry<String, List<Idle>> entry : results.idles().entrySet()) {
            String server = entry.getKey();
            line(
                    "| %s | %,d | %s/s | %s | %s | %s/s | %s/s | %s |",
                    server,
                    entry.getValue().getFirst().size(),
                    results.idle(server, Idle::opensPerSecond).text(Series::count),
                    results.idle(server, Idle::bytesEach).text(bytes -> Series.decimal(bytes / 1000) + " KB"),
                    results.idle(server, Idle::rawEach).text(bytes -> Series.decimal(bytes / 1000) + " KB"),
                    results.idle(server, Idle::alone).text(Series::count),
                    results.idle(server, Idle::beside).text(Series::count),
                    results.idle(server, idle -> idle.beside() / idle.alone()).text(Report::times));
        }
        line("");
        if (entrySize() < options.idle()) {
            line(
                    "The limit on open files did not allow the %,d connections wanted: raise it (`ulimit -n`).",
                    options.idle());
            line("");
        }
    }

    private int entrySize() {
        return results.idles().values().iterator().next().getFirst().size();
    }

    private void udp() {
        if (results.udp.isEmpty()) {
            return;
        }
        line("### UDP, 64 bytes, Switchboard receiving");
        line("");
        line(
                "| sent | at | received | lost | dropped by the kernel | not captured | `SO_RCVBUF` | server CPU µs/datagram |");
        line("|---|---|---|---|---|---|---|---|");
        for (Udp udp : results.udp) {
            line(
                    "| %,d | %s/s | %,d | %,d | %,d | %,d | %,d | %s |",
                    udp.sent(),
                    Series.count(udp.perSecond()),
                    udp.received(),
                    udp.sent() - udp.received(),
                    udp.kernelDrops(),
                    udp.captureGap(),
                    udp.receiveBuffer(),
                    Series.decimal(udp.cpuMicros()));
        }
        line("");
    }

    private void watchedGoals() {
        Series ratio =
                Series.of(results.watched.stream().map(Watched.Result::ratio).toList());
        goal(
                "pipelined echo with " + Watched.MANY + " pages open: the sockets do not notice (≥ 0.9× of one page)",
                ratio.text(Report::times),
                !ratio.isEmpty() && ratio.median() >= 0.9);
        Series one = eachPage(0);
        goal(
                "a page open on 100,000 messages a second: < 10 % of a core of the server",
                one.text(share -> Series.decimal(share) + " %"), !one.isEmpty() && one.median() < 10);
    }

    private Series eachPage(int crowd) {
        return Series.of(results.watched.stream()
                .map(result -> result.corePercents().get(crowd))
                .toList());
    }

    private void watched() {
        if (results.watched.isEmpty()) {
            return;
        }
        line("### Pages open on everything");
        line("");
        line("| pages | of a core of the server each, at 100,000 datagrams/s |");
        line("|---|---|");
        line("| 1 | %s |", eachPage(0).text(share -> Series.decimal(share) + " %"));
        line("| 20 | %s |", eachPage(1).text(share -> Series.decimal(share) + " %"));
        line("| %d | %s |", Watched.MANY, eachPage(2).text(share -> Series.decimal(share) + " %"));
        line("");
        line(
                "With %d pages, pipelined echo runs at %s of what it does with one; all of them together are given %s batches a second.",
                Watched.MANY,
                Series.of(results.watched.stream().map(Watched.Result::ratio).toList())
                        .text(Report::times),
                Series.of(results.watched.stream().map(Watched.Result::batches).toList())
                        .text(Series::count));
        line("");
    }

    private void rememberedGoals() {
        if (results.remembered.isEmpty()) {
            return;
        }
        Remembered.Result found = results.remembered.getLast();
        String many = Series.count(found.frames()) + " frames";
        double page = Math.max(found.byConnection(), Math.max(found.byEndpoint(), found.byTime()));
        goal("page by connection, endpoint or time at " + many + ": < 20 ms", millis(page), page < 20);
        goal("byte search over all " + many + ": < 1.5 s", millis(found.searchAll()), found.searchAll() < 1500);
        goal(
                "export: ≥ 150 MB/s",
                "pcapng " + megabytes(found.pcapngPerSecond()) + ", ndjson " + megabytes(found.ndjsonPerSecond()),
                found.pcapngPerSecond() >= 150e6);
        goal(
                "start with " + many + " in the store: as with an empty one, within noise",
                millis(found.startFull()) + " and " + millis(found.startEmpty()),
                found.startFull() < 1.15 * found.startEmpty());
    }

    private void remembered() {
        for (Remembered.Result found : results.remembered) {
            line("### History of %,d frames on disk, a line of 64 bytes each", found.frames());
            line("");
            line("Medians of 21 calls over HTTP (3 of a start and of an export), a page being 100 messages.");
            line("");
            line("| | |");
            line("|---|---|");
            line("| on disk | %s bytes a frame |", Series.decimal(found.bytesEach()));
            line("| newest page | %s |", millis(found.newest()));
            line("| page by connection | %s |", millis(found.byConnection()));
            line("| page by endpoint | %s |", millis(found.byEndpoint()));
            line("| page by time | %s |", millis(found.byTime()));
            line("| search for bytes that are nowhere, in all | %s |", millis(found.searchAll()));
            line("| the same in the newest twentieth | %s |", millis(found.searchNewest()));
            line("| summary with 120 buckets | %s |", millis(found.summary()));
            line("| export as pcapng | %s |", megabytes(found.pcapngPerSecond()));
            line("| export as ndjson | %s |", megabytes(found.ndjsonPerSecond()));
            line("| start, store empty | %s |", millis(found.startEmpty()));
            line("| start, store full | %s |", millis(found.startFull()));
            line("");
        }
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
    }

    private static String megabytes(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.0f MB/s", bytesPerSecond / 1e6);
    }

    private void failures() {
        if (!results.failures.isEmpty()) {
            line("### Failures");
            line("");
            results.failures.forEach(failure -> line("- %s", failure));
        }
    }

    private static String times(double ratio) {
        return Series.decimal(ratio) + "×";
    }

    private static String known(double value) {
        return Double.isNaN(value) ? "?" : Series.decimal(value);
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
