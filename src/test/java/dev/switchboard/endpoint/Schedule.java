package dev.switchboard.endpoint;

import dev.switchboard.framing.Framing;
import java.util.List;

/** A connection, and what is done to it in turn. */
record Schedule(Framing framing, boolean weConnect, boolean echo, Faults faults, List<Step> steps) {

    private static final List<Step.Plain> BREAKS = List.of(
            Step.Plain.PEER_CLOSES,
            Step.Plain.PEER_RESETS,
            Step.Plain.WE_CLOSE,
            Step.Plain.WE_RESET,
            Step.Plain.ENDPOINT_STOPS);

    /** What breaks it off, in turn; none where both sides only half-close, so that nothing may be lost. */
    List<Step> breaks() {
        return steps.stream().filter(BREAKS::contains).toList();
    }

    boolean has(Step step) {
        return steps.contains(step);
    }

    /** Whether something in it ends the connection, though nothing else is done any more. */
    boolean endsByItself() {
        return has(Step.Plain.WE_CLOSE)
                || has(Step.Plain.WE_RESET)
                || has(Step.Plain.ENDPOINT_STOPS)
                || (has(Step.Plain.PEER_RESETS) && !peerFinishes());
    }

    boolean peerFinishes() {
        return has(Step.Plain.PEER_HALF_CLOSES) || has(Step.Plain.PEER_CLOSES);
    }

    /** Whether that, and nothing else, breaks it off. */
    boolean onlyBreaksBy(Step step) {
        return breaks().equals(List.of(step));
    }

    /** Whether it echoes from the first byte to the last. */
    boolean alwaysEchoes() {
        return echo && !has(Step.Plain.ECHO_OFF) && !has(Step.Plain.WE_HALF_CLOSE);
    }

    boolean neverEchoes() {
        return !echo && !has(Step.Plain.ECHO_ON);
    }
}
