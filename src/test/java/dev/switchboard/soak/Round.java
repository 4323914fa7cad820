package dev.switchboard.soak;

import dev.switchboard.process.Api;
import dev.switchboard.process.Wrong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** Troubles that make themselves felt together, each on threads of its own, from {@link #begin} to {@link #end}. */
final class Round {

    /** So long may something that is under way take, on a machine that does other things too. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Between doing something and doing it again, at the most. */
    private static final int REST_MILLIS = 100;

    private final Api api;
    private final Map<String, Integer> ports;
    private final Failures failures;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<Thread, String> working = new LinkedHashMap<>();

    Round(Api api, Map<String, Integer> ports, Failures failures) {
        this.api = api;
        this.ports = ports;
        this.failures = failures;
    }

    void begin(Map<Trouble, Tally> troubles, Random seeds) {
        troubles.forEach((trouble, tally) -> {
            for (int i = 0; i < trouble.workers(); i++) {
                Field field = new Field(api, ports, new Random(seeds.nextLong()), tally, over::get);
                working.put(Thread.ofVirtual().start(() -> work(trouble, field)), trouble.title());
            }
        });
    }

    private void work(Trouble trouble, Field field) {
        do {
            try {
                trouble.once(field);
                field.tally().units.increment();
                Slowness.of(Duration.ofMillis(ThreadLocalRandom.current().nextInt(REST_MILLIS)));
            } catch (Exception | Error e) {
                field.tally().failures.increment();
                failures.add(trouble.title() + ": " + (e instanceof Wrong ? e.getMessage() : e.toString()));
            }
        } while (!field.isOver() && !trouble.standing());
    }

    /** Has everybody come to an end. */
    void end() throws InterruptedException {
        over.set(true);
        List<String> hanging = new ArrayList<>();
        for (Map.Entry<Thread, String> worker : working.entrySet()) {
            if (!worker.getKey().join(PATIENCE)) {
                hanging.add(worker.getValue());
            }
        }
        if (!hanging.isEmpty()) {
            failures.add("never came to an end: " + hanging);
        }
    }
}
