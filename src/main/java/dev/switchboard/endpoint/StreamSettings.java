package dev.switchboard.endpoint;

import dev.switchboard.framing.Framing;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How the connections of one endpoint behave.
 *
 * @param maxFrameBytes payload bytes a frame may have before its connection is ended
 * @param halfCloseLinger how long a connection stays open for us to send once its peer has sent FIN and nothing is left
 *     to be sent
 * @param maxQueuedBytes bound on what may wait to be sent on one connection
 * @param whenFull what happens when more would
 */
record StreamSettings(
        Framing framing,
        int maxFrameBytes,
        Supplier<Duration> halfCloseLinger,
        long maxQueuedBytes,
        WhenFull whenFull) {}
