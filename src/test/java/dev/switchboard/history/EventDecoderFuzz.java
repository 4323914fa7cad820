package dev.switchboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.switchboard.traffic.TrafficEvent;
import java.lang.management.ManagementFactory;

/**
 * Any bytes where a stretch of the log should be: what is damaged is passed over, whatever is read can be looked at,
 * and it costs no more than a multiple of the bytes.
 */
public final class EventDecoderFuzz {

    private static final long ANYWAY = 8_000_000;

    private EventDecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] stretch) {
        // The first time classes are loaded, too.
        if (cost(stretch) > most(stretch)) {
            assertThat(cost(stretch)).isLessThanOrEqualTo(most(stretch));
        }
    }

    private static long most(byte[] stretch) {
        return ANYWAY + 2000L * stretch.length;
    }

    private static long cost(byte[] stretch) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(stretch);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(byte[] stretch) {
        EventDecoder decoder = new EventDecoder(stretch, 0, stretch.length, null);
        int steps = 0;
        boolean more = true;
        while (more) {
            try {
                TrafficEvent event = decoder.next();
                more = event != null;
                if (event != null) {
                    steps++;
                    look(event);
                }
            } catch (EventDecoder.DamagedException e) {
                assertThat(e.getMessage()).contains(" at byte ");
                more = decoder.passOver() >= 0;
            }
        }
        assertThat(steps).isLessThanOrEqualTo(stretch.length / 12);
        assertThat(decoder.wholeUpTo()).isBetween(0, stretch.length);
    }

    private static void look(TrafficEvent event) {
        for (int i = 0; i < event.frames(); i++) {
            event.frame(i).payload();
        }
        SumsBuilder.of(event);
    }
}
