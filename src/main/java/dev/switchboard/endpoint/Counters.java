package dev.switchboard.endpoint;

import java.util.concurrent.atomic.LongAdder;

/**
 * What crossed an endpoint since the process started, over its stops and starts. Exact once the socket that counted is
 * quiet. Any thread.
 */
final class Counters {

    final LongAdder connectionsOpen = new LongAdder();
    final LongAdder connectionsTotal = new LongAdder();
    final LongAdder connectionsRefused = new LongAdder();
    final LongAdder framesIn = new LongAdder();
    final LongAdder framesOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder framesDropped = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder captureGap = new LongAdder();

    EndpointStatus.Totals totals(long kernelDrops) {
        return new EndpointStatus.Totals(
                connectionsOpen.sum(),
                connectionsTotal.sum(),
                connectionsRefused.sum(),
                framesIn.sum(),
                framesOut.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                framesDropped.sum(),
                errors.sum(),
                captureGap.sum(),
                kernelDrops);
    }
}
