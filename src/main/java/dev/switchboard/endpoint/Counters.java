package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What crossed an endpoint since the process started, over its stops and starts. Exact once the socket that counted is
 * quiet. Any thread.
 */
final class Counters {

    final LongAdder connectionsOpen = new LongAdder();
    final LongAdder connectionsTotal = new LongAdder();
    final LongAdder framesIn = new LongAdder();
    final LongAdder framesOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder framesDropped = new LongAdder();
    final LongAdder captureGap = new LongAdder();

    /** What was not sent, since more waited already than may. */
    final LongAdder sendsRefused = new LongAdder();

    /** How often the rate of accepts was reached, so that others waited in the backlog. */
    final LongAdder acceptsPaused = new LongAdder();

    private final LongAdder[] errors = adders(ErrorKind.values().length);
    private final LongAdder[] closed = adders(CloseReason.values().length);
    private final LongAdder[] refused = adders(Admission.Bound.values().length);

    private static LongAdder[] adders(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    /** A connection is there. */
    void opened() {
        connectionsOpen.increment();
        connectionsTotal.increment();
    }

    /** A connection has ended. */
    void closed(CloseReason reason) {
        connectionsOpen.decrement();
        closed[reason.ordinal()].increment();
    }

    long connectionsClosed(CloseReason reason) {
        return closed[reason.ordinal()].sum();
    }

    /** Something went wrong. */
    void failed(ErrorKind kind) {
        errors[kind.ordinal()].increment();
    }

    long errors(ErrorKind kind) {
        return errors[kind.ordinal()].sum();
    }

    /** A connection was reset as soon as it was accepted. */
    void refused(Admission.Bound bound) {
        refused[bound.ordinal()].increment();
        failed(ErrorKind.REFUSED);
    }

    long connectionsRefused(Admission.Bound bound) {
        return refused[bound.ordinal()].sum();
    }

    EndpointStatus.Totals totals(long kernelDrops) {
        return new EndpointStatus.Totals(
                connectionsOpen.sum(),
                connectionsTotal.sum(),
                sum(refused),
                framesIn.sum(),
                framesOut.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                framesDropped.sum(),
                sum(errors),
                captureGap.sum(),
                kernelDrops);
    }

    private static long sum(LongAdder[] adders) {
        return Stream.of(adders).mapToLong(LongAdder::sum).sum();
    }
}
