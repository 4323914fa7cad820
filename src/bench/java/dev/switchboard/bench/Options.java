package dev.switchboard.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What to measure and for how long.
 *
 * @param quick a minute or two in all, to see that all works; the figures mean less, and go to {@code target/bench}
 * @param generations how often all servers are started afresh: no two runs of a JIT compiler end alike
 * @param rounds in each generation
 * @param time how long one measurement takes
 * @param idle how many connections idle
 * @param frames how many frames history is filled with
 * @param servers only those whose name holds one of these; all if empty
 * @param scenarios only those; all if empty
 * @param jvm more options for Switchboard's JVM, such as those that start a profiler
 */
record Options(
        boolean quick,
        int generations,
        int rounds,
        Duration time,
        int idle,
        long frames,
        List<String> servers,
        List<String> scenarios,
        List<String> jvm) {

    private static final String USAGE = """
            Arguments, all optional:
              quick              short rounds, a minute or two in all; results go to target/bench/benchmarks.md
              generations=N      how often each server is started afresh (2)
              rounds=N           rounds in each generation (3)
              seconds=N          length of one measurement (3)
              idle=N             idle connections (19000)
              frames=N           frames in the history that is searched (10000000; quick 1000000)
              servers=a,b        only these: switchboard, netty, java.nio, epoll, ncat, socat
              scenarios=a,b      only these: ping-pong-1, ping-pong-64, pipelined, idle, udp, pages, history
              jvm=OPTION         one more option for Switchboard's JVM; may be repeated
            """;

    static Options parse(List<String> words) {
        boolean quick = words.contains("quick");
        Options options = new Options(
                quick,
                quick ? 1 : 2,
                3,
                Duration.ofSeconds(quick ? 1 : 3),
                19_000,
                quick ? 1_000_000 : 10_000_000,
                List.of(),
                List.of(),
                List.of());
        for (String word : words) {
            options = word.equals("quick") ? options : options.with(word);
        }
        return options;
    }

    private Options with(String word) {
        String[] parts = word.split("=", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException(word + " is unknown.\n" + USAGE);
        }
        String value = parts[1];
        int g = generations;
        int r = rounds;
        Duration t = time;
        int i = idle;
        long f = frames;
        List<String> s = servers;
        List<String> c = scenarios;
        List<String> j = jvm;
        switch (parts[0]) {
            case "generations" -> g = Integer.parseInt(value);
            case "rounds" -> r = Integer.parseInt(value);
            case "seconds" -> t = Duration.ofSeconds(Integer.parseInt(value));
            case "idle" -> i = Integer.parseInt(value);
            case "frames" -> f = Long.parseLong(value);
            case "servers" -> s = Arrays.asList(value.split(","));
            case "scenarios" -> c = Arrays.asList(value.split(","));
            case "jvm" -> j = Stream.concat(jvm.stream(), Stream.of(value)).toList();
            default -> throw new IllegalArgumentException(word + " is unknown.\n" + USAGE);
        }
        return new Options(quick, g, r, t, i, f, s, c, j);
    }

    boolean wants(String server) {
        return servers.isEmpty()
                || servers.stream()
                        .anyMatch(wanted -> server.toLowerCase(Locale.ROOT).contains(wanted));
    }

    boolean measures(String scenario) {
        return scenarios.isEmpty() || scenarios.contains(scenario);
    }

    /** A part of the matter that is left out, or not the defaults, makes no official result. */
    Path output() {
        return quick || !servers.isEmpty() || !scenarios.isEmpty()
                ? Server.WORK.resolve("benchmarks.md")
                : Path.of("docs", "benchmarks.md");
    }
}
