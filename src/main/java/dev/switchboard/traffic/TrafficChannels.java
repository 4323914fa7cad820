package dev.switchboard.traffic;

/**
 * The message channels every byte passes.
 *
 * <p>Subscribers of {@link #INBOUND} get a message with a {@link Frame} as payload for each frame that came in, exactly
 * once, in order on each connection, on the thread that reads the socket: they must not block, and what they throw is
 * logged and disturbs nobody else. The message's headers, made once for a connection, name it
 * ({@code ip_connectionId}), so a message with an {@link Outgoing} and the very same headers, sent to
 * {@link #OUTBOUND}, is an answer to the peer.
 */
public final class TrafficChannels {

    /** Frames that came in; publish-subscribe. */
    public static final String INBOUND = "inboundTraffic";

    /** Payloads to be sent to the connection named in the headers. */
    public static final String OUTBOUND = "outboundTraffic";

    private TrafficChannels() {}
}
