package dev.switchboard.endpoint;

import dev.switchboard.endpoint.Step.Plain;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Whatever the two sides of a connection do, in whatever order, all who look at it see the same, and that is what
 * happened: see {@link Verdict}.
 *
 * <p>How many schedules are tried is set by the system property {@code switchboard.model.tries}.
 */
class ConnectionModelTest {

    private static final int TRIES = Integer.getInteger("switchboard.model.tries", 200);

    /** A property's number of tries is a constant; this ends it sooner. */
    static final class AsManyTriesAsAskedFor implements AroundTryHook {

        private final AtomicInteger tried = new AtomicInteger();

        @Override
        public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
            TryExecutionResult result = attempt.execute(parameters);
            boolean enough = tried.incrementAndGet() >= TRIES;
            return enough && result.isSatisfied() ? TryExecutionResult.satisfied(true) : result;
        }
    }

    @Property(tries = 1_000_000, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(AsManyTriesAsAskedFor.class)
    void overTheRealKernelAllWhoLookAtAConnectionSeeWhatHappened(@ForAll("schedules") Schedule schedule)
            throws Exception {
        happens(Workbench.onTheRealKernel(), schedule);
    }

    @Property(tries = 1_000_000, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(AsManyTriesAsAskedFor.class)
    void overAFaultyKernelAllWhoLookAtAConnectionSeeWhatHappened(@ForAll("schedules") Schedule schedule)
            throws Exception {
        Workbench workbench = Workbench.onAFaultyKernel();
        workbench.kernel().misbehave(schedule.faults());
        try {
            happens(workbench, schedule);
        } finally {
            workbench.kernel().misbehave(Faults.NONE);
        }
    }

    private static void happens(Workbench workbench, Schedule schedule) throws Exception {
        try (Dialogue dialogue = new Dialogue(workbench, schedule)) {
            dialogue.run();
            new Verdict(dialogue).check();
        }
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        return Combinators.combine(
                        Arbitraries.of(Payloads.FRAMINGS),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        faults(),
                        steps().list().ofMaxSize(12))
                .as(Schedule::new);
    }

    private static Arbitrary<Faults> faults() {
        Arbitrary<List<Integer>> reads =
                Arbitraries.of(1, 1, 2, 3, 17, 1_000).list().ofMaxSize(5).map(few -> and(few, 30_000));
        Arbitrary<List<Integer>> writes =
                Arbitraries.of(0, 1, 1, 2, 3, 17, 1_000).list().ofMaxSize(5).map(few -> and(few, 30_000));
        return Combinators.combine(reads, writes, Arbitraries.of(0, 3, 5)).as(Faults::new);
    }

    /** So that even large frames come through before long. */
    private static List<Integer> and(List<Integer> few, int much) {
        return java.util.stream.Stream.concat(few.stream(), java.util.stream.Stream.of(much))
                .toList();
    }

    private static Arbitrary<Step> steps() {
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 40)),
                Tuple.of(2, Arbitraries.integers().between(200, 3_000)),
                Tuple.of(1, Arbitraries.integers().between(20_000, 60_000)));
        Arbitrary<Step> peerWrites = Combinators.combine(
                        sizes.list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.of(1, 2, 3, 10, 70).list().ofMaxSize(4).map(few -> and(few, 10_000)),
                        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 7)))
                .as(Step.PeerWrites::new);
        return Arbitraries.frequencyOf(
                Tuple.of(8, peerWrites),
                Tuple.of(6, sizes.list().ofMinSize(1).ofMaxSize(6).map(Step.WeSend::new)),
                Tuple.of(2, sizes.map(Step.OperatorSends::new)),
                Tuple.of(
                        6,
                        Arbitraries.frequency(
                                Tuple.of(4, Plain.PEER_PAUSES),
                                Tuple.of(4, Plain.PEER_READS),
                                Tuple.of(1, Plain.ECHO_ON),
                                Tuple.of(1, Plain.ECHO_OFF),
                                Tuple.of(6, Plain.SETTLE),
                                Tuple.of(2, Plain.PEER_HALF_CLOSES),
                                Tuple.of(2, Plain.WE_HALF_CLOSE),
                                Tuple.of(1, Plain.PEER_CLOSES),
                                Tuple.of(1, Plain.PEER_RESETS),
                                Tuple.of(1, Plain.WE_CLOSE),
                                Tuple.of(1, Plain.WE_RESET),
                                Tuple.of(1, Plain.ENDPOINT_STOPS))));
    }
}
