package dev.switchboard.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What pages that are open on everything cost: whether the sockets notice 200 of them, and how much of a core each
 * takes of the server while 100,000 datagrams a second go through it. The pages are WebSockets in this process that
 * take and acknowledge every batch; what they take of the machine themselves counts against Switchboard here.
 */
final class Watched {

    static final int MANY = 200;
    static final int PER_SECOND = 100_000;
    private static final List<Integer> CROWDS = List.of(0, 1, 20, MANY);

    private final SwitchboardServer server;
    private final Duration time;

    Watched(SwitchboardServer server, Duration time) {
        this.server = server;
        this.time = time;
    }

    /**
     * One round.
     *
     * @param ratio pipelined lines a second with {@link #MANY} pages, to those with one
     * @param batches that all of these had, a second
     * @param corePercents of a core that each page takes of the server, for one page, 20, and {@link #MANY}
     */
    record Result(double ratio, double batches, List<Double> corePercents) {}

    Result measure() throws IOException {
        double one;
        double many;
        double batches;
        try (Load load = new Load(server.address(), Scenario.PIPELINED.connections, Scenario.PIPELINED.window)) {
            server.pages(1);
            load.run(time.dividedBy(2));
            one = load.run(time).perSecond();
            server.pages(MANY);
            load.run(time.dividedBy(2));
            long before = server.liveBatches();
            many = load.run(time).perSecond();
            batches = (server.liveBatches() - before) * 1e9 / time.toNanos();
        }
        return new Result(many / one, batches, each());
    }

    private List<Double> each() throws IOException {
        var target = server.bindUdp("watched");
        List<Double> cores = new ArrayList<>();
        for (int pages : CROWDS) {
            server.pages(pages);
            UdpLoad.send(target, PER_SECOND, time.dividedBy(2));
            long cpu = server.cpuNanos();
            long start = System.nanoTime();
            UdpLoad.send(target, PER_SECOND, time);
            cores.add((double) (server.cpuNanos() - cpu) / (System.nanoTime() - start));
        }
        server.pages(1);
        server.delete("watched");
        List<Double> percents = new ArrayList<>();
        for (int i = 1; i < CROWDS.size(); i++) {
            percents.add(100 * (cores.get(i) - cores.getFirst()) / CROWDS.get(i));
        }
        return percents;
    }
}
