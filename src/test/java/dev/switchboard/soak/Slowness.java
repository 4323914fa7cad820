package dev.switchboard.soak;

import java.time.Duration;

/** Time that a peer takes on purpose: being slow is what it does. Nobody waits for anything this way. */
final class Slowness {

    private Slowness() {}

    static void of(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
