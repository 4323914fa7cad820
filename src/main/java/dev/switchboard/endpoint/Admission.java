package dev.switchboard.endpoint;

import dev.switchboard.traffic.LifeCycle.Call;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection that was accepted may stay, and how fast one comes after the other. One for each listener, used
 * on its loop.
 *
 * <pre>
 *   backlog ──accept()──► too fast?  ─yes─► accept no more until the tenth of a second is over; they wait in the backlog
 *                         too many?  ─yes─► reset at once: who waits in vain should know
 *                            └─no──► a connection
 * </pre>
 *
 * Of refusals the first is told at once, and the others of a second together, for a flood of them must not become a
 * flood of events.
 */
final class Admission {

    private static final Duration TELLING = Duration.ofSeconds(1);
    private static final Duration TENTH = Duration.ofMillis(100);

    private final StreamContext context;
    private final Loop loop;
    private final int maxHere;
    private final int maxInAll;
    private final String inAllBecause;
    private final int acceptsATenth;

    /** When the tenth of a second at hand began, by {@link System#nanoTime()}. */
    private long tenth = System.nanoTime();

    private int acceptsInTenth;
    private boolean slowed;
    private long refusedUntold;
    private boolean telling;

    Admission(StreamContext context, Loop loop, ListenerLimits limits) {
        this.context = context;
        this.loop = loop;
        this.maxHere = limits.connections();
        this.maxInAll = limits.connectionsInAll();
        this.inAllBecause = limits.inAllBecause();
        this.acceptsATenth = Math.max(1, limits.acceptsPerSecond() / 10);
    }

    /**
     * Takes a place for a connection, which whoever got it gives back with {@link ConnectionRegistry#giveBackPlace}.
     *
     * @param here how many there are on this listener
     * @return why there is none; empty when there was
     */
    Optional<String> refusal(int here) {
        if (here >= maxHere) {
            return Optional.of(
                    here + " connections are open here, as many as switchboard.max-endpoint-connections allows");
        }
        if (!context.registry().takePlace(maxInAll)) {
            return Optional.of(maxInAll + " connections are open on all endpoints, " + inAllBecause);
        }
        return Optional.empty();
    }

    /** Says that a peer was sent away. */
    void refused(String peer, String reason) {
        context.counters().connectionsRefused.increment();
        context.counters().errors.increment();
        if (telling) {
            refusedUntold++;
            return;
        }
        tell("accept(): the connection from " + peer + " was reset: " + reason);
        telling = true;
        var _ = loop.after(TELLING, this::tellOthers);
    }

    private void tellOthers() {
        telling = false;
        if (refusedUntold > 0) {
            tell("accept(): " + refusedUntold
                    + " more connections were reset in the last second, since there are too many");
            refusedUntold = 0;
        }
    }

    /** Counts an accept; when there were as many as may be in this tenth of a second, how long to wait. */
    @Nullable
    Duration pause(long now) {
        if (now - tenth >= TENTH.toNanos()) {
            slowed &= acceptsInTenth >= acceptsATenth;
            tenth = now;
            acceptsInTenth = 0;
        }
        if (++acceptsInTenth < acceptsATenth) {
            return null;
        }
        if (!slowed) {
            slowed = true;
            tell("accept() is called no more than " + acceptsATenth * 10
                    + " times a second (switchboard.max-accepts); others wait in the backlog");
        }
        return Duration.ofNanos(tenth + TENTH.toNanos() - now);
    }

    private void tell(String detail) {
        context.capture().endpoint(context.endpoint(), Kind.FAILED, Call.ACCEPT, detail);
    }
}
