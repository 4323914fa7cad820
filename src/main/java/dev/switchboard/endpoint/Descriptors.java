package dev.switchboard.endpoint;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many sockets there may be beside all else that this process has open. Peers must not be able to take the last
 * descriptor, for then history can't write, and nobody can ask any more.
 *
 * <pre>
 *   ├── open before the first listener is ──┼── accepted connections of endpoints ──┼────────── kept ─────────┤
 *                                                                                    half of it for HTTP
 * </pre>
 *
 * @param most files and sockets that this process may open ({@code RLIMIT_NOFILE}, setrlimit(2))
 * @param room how many of these accepted connections may take; at least 1
 */
public record Descriptors(long most, int room) {

    /** HTTP's, those of history, and those of the sockets that endpoints open by themselves. */
    private static final long LEAST_KEPT = 96;

    /** As it was when it was first asked for, which is when the first listener opens. */
    static Descriptors ofThisProcess() {
        return OfThisProcess.KNOWN;
    }

    private static final class OfThisProcess {
        private static final Descriptors KNOWN = now();

        private static Descriptors now() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? of(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
                    : new Descriptors(Long.MAX_VALUE, Integer.MAX_VALUE);
        }
    }

    static Descriptors of(long most, long open) {
        return new Descriptors(most, (int) Math.clamp(most - open - kept(most), 1, Integer.MAX_VALUE));
    }

    /** How many connections HTTP may take. */
    public static int forHttp() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(kept(unix.getMaxFileDescriptorCount()) / 2, Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }

    private static long kept(long most) {
        return Math.max(LEAST_KEPT, most / 4);
    }
}
