package dev.switchboard.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the loops still turn. Each look hands every loop something to do and asks whether it has done what the look
 * before gave it, so nobody ever waits. Any thread.
 */
final class LoopPulse {

    private final List<Loop> loops;
    private final Duration patience;
    private CompletableFuture<Void> turned = CompletableFuture.completedFuture(null);
    private long asked;

    /** @param patience how long a turn may take; far longer than any does */
    LoopPulse(List<Loop> loops, Duration patience) {
        this.loops = loops;
        this.patience = patience;
    }

    /** What is wrong, in a sentence; empty when all turn. */
    synchronized Optional<String> trouble() {
        for (Loop loop : loops) {
            if (!loop.isAlive()) {
                return Optional.of(loop.name() + " has ended");
            }
        }
        if (turned.isDone()) {
            asked = System.nanoTime();
            turned = CompletableFuture.allOf(
                    loops.stream().map(loop -> loop.run(() -> {})).toArray(CompletableFuture[]::new));
            return Optional.empty();
        }
        Duration since = Duration.ofNanos(System.nanoTime() - asked);
        return since.compareTo(patience) < 0
                ? Optional.empty()
                : Optional.of("a loop has been busy with one turn for " + since.toSeconds() + " s");
    }
}
