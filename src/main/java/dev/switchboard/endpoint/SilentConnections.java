package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.time.Duration;

/**
 * Closes connections that were accepted and on which neither side ever said anything, as who only holds a place of many
 * does. Looks at them all once in a tenth of the time they have, on a loop; begun and ended by any thread.
 */
final class SilentConnections {

    private final Engine engine;
    private final Duration allowed;
    private volatile boolean ended;

    /** @param engine whose properties say how long they may be silent; zero for as long as they like */
    SilentConnections(Engine engine) {
        this.engine = engine;
        this.allowed = engine.properties().silentTimeout();
    }

    void begin() {
        ended = false;
        if (!allowed.isZero()) {
            lookLater();
        }
    }

    private void lookLater() {
        Loop loop = engine.datagrams();
        loop.execute(() -> loop.after(allowed.dividedBy(10), () -> {
            if (!ended) {
                look();
                lookLater();
            }
        }));
    }

    private void look() {
        long silentSince = engine.capture().now() - allowed.toNanos();
        engine.registry().forEachOpen(connection -> {
            if (connection.key().transport() == Transport.TCP
                    && connection.key().role() == Role.ACCEPTED
                    && connection.key().openedAt() < silentSince
                    && silent(connection.known())) {
                var _ = connection.close(CloseReason.IDLE);
            }
        });
    }

    private static boolean silent(Connection connection) {
        return connection.bytesIn() == 0 && connection.bytesOut() == 0;
    }

    void end() {
        ended = true;
    }
}
