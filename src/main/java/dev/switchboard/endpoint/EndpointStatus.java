package dev.switchboard.endpoint;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it is at one moment.
 *
 * @param declared whether it comes from configuration
 * @param localAddress what its socket is bound to; null while it has none
 * @param failure why it is not what it should be, as a sentence; null when all is well
 * @param startedAt nanoseconds since the Unix epoch; 0 while it is stopped
 */
public record EndpointStatus(
        EndpointSpec spec,
        boolean declared,
        State state,
        @Nullable String localAddress,
        @Nullable String failure,
        long startedAt,
        Totals totals) {

    /** What it is doing. */
    public enum State {
        STOPPED,
        STARTING,
        LISTENING,
        CONNECTING,
        CONNECTED,
        BOUND,
        FAILED;

        /** The word the API uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What crossed it since the process started, over its stops and starts.
     *
     * @param framesDropped thrown away since a peer did not read; see {@link WhenFull}
     * @param kernelDrops UDP on Linux: datagrams the kernel threw away since the socket was bound; 0 elsewhere
     */
    @Schema(name = "Counters", description = "What crossed the endpoint since the process started.")
    public record Totals(
            @Schema(description = "Connections open now; UDP peers known now")
            long connectionsOpen,

            @Schema(description = "Connections there ever were")
            long connectionsTotal,

            @Schema(
                    description =
                            "Connections that were reset as soon as they were accepted, since there were too many")
            long connectionsRefused,

            long framesIn,
            long framesOut,

            @Schema(description = "Framing included") long bytesIn,

            @Schema(description = "Framing included") long bytesOut,

            @Schema(description = "Frames thrown away since a peer did not read")
            long framesDropped,

            @Schema(
                    description =
                            "What went wrong: failed binds and connects, I/O errors, streams that could not be cut")
            long errors,

            @Schema(description = "Datagrams that crossed the wire and were not recorded")
            long captureGap,

            @Schema(
                    description =
                            "udp on Linux: datagrams the kernel threw away since the socket was bound; 0 elsewhere")
            long kernelDrops) {}
}
