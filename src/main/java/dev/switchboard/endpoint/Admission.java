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

    /** What may be reached by connections that are open already. */
    enum Bound {
        HERE("max-endpoint-connections"),
        IN_ALL("max-connections");

        private final String property;

        Bound(String property) {
            this.property = property;
        }

        /** The property that sets it, without {@code switchboard.} before it. */
        String property() {
            return property;
        }
    }

    /** Why a connection may not stay. */
    record Refusal(Bound bound, String sentence) {}

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
    Optional<Refusal> refusal(int here) {
        if (here >= maxHere) {
            return refused(
                    Bound.HERE,
                    here + " connections are open here",
                    "as many as switchboard." + Bound.HERE.property() + " allows");
        }
        if (!context.registry().takePlace(maxInAll)) {
            return refused(Bound.IN_ALL, maxInAll + " connections are open on all endpoints", inAllBecause);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(Bound bound, String how, String because) {
        return Optional.of(new Refusal(bound, how + ", " + because));
    }

    /** Says that a peer was sent away. */
    void refused(String peer, Refusal refusal) {
        context.counters().refused(refusal.bound());
        if (telling) {
            refusedUntold++;
            return;
        }
        tell("accept(): the connection from " + peer + " was reset: " + refusal.sentence());
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
        context.counters().acceptsPaused.increment();
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
