package dev.switchboard.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All that was measured, in the order of rounds. Used by one thread. */
final class Results {

    /**
     * One measurement of an echo.
     *
     * @param cpuMicros CPU time of the server a line, user and system
     * @param generatorBusy share of the time in which the load generator used a CPU: near 1 it is the limit itself
     */
    record Echo(double perSecond, double cpuMicros, double p50Micros, double p99Micros, double generatorBusy) {}

    /**
     * A crowd of idle connections.
     *
     * @param size how many there were
     * @param opensPerSecond opened and served with a line each
     * @param bytesEach resident memory of the server that came with each, after a full collection
     * @param rawEach the same as soon as all were open, garbage included
     * @param alone ping-pongs a second on one connection without the crowd, before and after
     * @param beside the same beside it
     */
    record Idle(int size, double opensPerSecond, double bytesEach, double rawEach, double alone, double beside) {}

    /** Datagrams sent to Switchboard, and where they stayed. */
    record Udp(
            long sent,
            double perSecond,
            long received,
            long captureGap,
            long kernelDrops,
            long receiveBuffer,
            double cpuMicros) {}

    private final Map<Scenario, Map<String, List<Echo>>> echoes = new LinkedHashMap<>();
    private final Map<String, List<Idle>> idles = new LinkedHashMap<>();
    final List<Udp> udp = new ArrayList<>();
    final List<Watched.Result> watched = new ArrayList<>();
    final List<Remembered.Result> remembered = new ArrayList<>();
    final List<String> failures = new ArrayList<>();

    void add(Scenario scenario, String server, Echo echo) {
        echoes.computeIfAbsent(scenario, any -> new LinkedHashMap<>())
                .computeIfAbsent(server, any -> new ArrayList<>())
                .add(echo);
    }

    void add(String server, Idle idle) {
        idles.computeIfAbsent(server, any -> new ArrayList<>()).add(idle);
    }

    Map<String, List<Echo>> echoes(Scenario scenario) {
        return echoes.getOrDefault(scenario, Map.of());
    }

    Map<String, List<Idle>> idles() {
        return idles;
    }

    Series series(Scenario scenario, String server, ToDoubleFunction<Echo> value) {
        return Series.of(echoes(scenario).getOrDefault(server, List.of()).stream()
                .map(value::applyAsDouble)
                .toList());
    }

    Series idle(String server, ToDoubleFunction<Idle> value) {
        return Series.of(idles.getOrDefault(server, List.of()).stream()
                .map(value::applyAsDouble)
                .toList());
    }

    /** How many times as many lines a second {@code server} echoed as {@code other}, round by round. */
    Series ratio(Scenario scenario, String server, String other) {
        List<Echo> mine = echoes(scenario).getOrDefault(server, List.of());
        List<Echo> theirs = echoes(scenario).getOrDefault(other, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            ratios.add(mine.get(i).perSecond() / theirs.get(i).perSecond());
        }
        return Series.of(ratios);
    }
}
