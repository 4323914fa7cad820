package dev.switchboard.endpoint;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something to be done if nothing comes between; set anew, it counts from then. Used on its loop alone. */
final class Linger {

    private final Loop loop;
    private Loop.@Nullable Timer timer;

    Linger(Loop loop) {
        this.loop = loop;
    }

    void set(Duration time, Runnable task) {
        cancel();
        timer = loop.after(time, () -> {
            timer = null;
            task.run();
        });
    }

    void cancel() {
        if (timer != null) {
            loop.cancel(timer);
            timer = null;
        }
    }
}
