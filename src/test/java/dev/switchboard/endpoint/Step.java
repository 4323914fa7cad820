package dev.switchboard.endpoint;

import java.util.List;

/** Something done to a connection, by us or by its peer. */
sealed interface Step {

    /**
     * The peer writes frames.
     *
     * @param sizes roughly how large their payloads are
     * @param pieces in which pieces, over and over
     * @param heldBack so many of the last bytes come with the next frames, or never
     */
    record PeerWrites(List<Integer> sizes, List<Integer> pieces, int heldBack) implements Step {}

    /** We send frames, without waiting for each. */
    record WeSend(List<Integer> sizes) implements Step {}

    /** Somebody sends a frame and waits for the kernel to have it, while other things happen. */
    record OperatorSends(int size) implements Step {}

    /** What needs no more words. */
    enum Plain implements Step {
        PEER_PAUSES,
        PEER_READS,
        ECHO_ON,
        ECHO_OFF,
        /** Waits until all that was sent by either side has come through, if it can. */
        SETTLE,
        PEER_HALF_CLOSES,
        WE_HALF_CLOSE,
        PEER_CLOSES,
        PEER_RESETS,
        WE_CLOSE,
        WE_RESET,
        ENDPOINT_STOPS
    }
}
