package dev.switchboard.endpoint;

import java.time.Duration;

/** How long to wait before the next attempt: doubled each time, up to a bound. Not thread-safe. */
final class Backoff {

    private final Duration first;
    private final Duration most;
    private Duration next;
    private int attempts;

    Backoff(Duration first, Duration most) {
        this.first = first.compareTo(most) > 0 ? most : first;
        this.most = most;
        this.next = this.first;
    }

    Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        attempts++;
        return now;
    }

    /** How often {@link #next} was asked since the last reset. */
    int attempts() {
        return attempts;
    }

    void reset() {
        next = first;
        attempts = 0;
    }
}
