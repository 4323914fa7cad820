package dev.switchboard.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.process.Proc;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few minutes of the {@link Soak}, {@code -Dsoak.minutes=3}. */
class SoakIT {

    @Test
    void nothingIsLostAndNothingGrowsWhateverPeersAndUsersDo(@TempDir Path work) throws Exception {
        assumeTrue(Proc.known(), "takes /proc, to see what a process holds");
        Duration time = Duration.ofMinutes(Long.getLong("soak.minutes", 3));
        assertThat(new Soak(work, System.out, Long.getLong("soak.seed", 42)).run(time))
                .isEmpty();
    }
}
