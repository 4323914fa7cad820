package dev.switchboard.pcapng;

/**
 * Draws the packets of one TCP connection or one UDP peer as a capture of the wire would have them, from what was seen
 * above it: bytes that moved, and what became of the connection.
 *
 * <pre>
 *   opened          SYN ──►  ◄── SYN ACK  ACK ──►     the side that called sends first
 *   data            PSH ACK, one packet for each {@link #maxPayload()} bytes
 *   halfClosed      FIN ACK ──►  ◄── ACK
 *   reset           RST ACK ──►
 * </pre>
 *
 * <p>Sequence numbers go on from packet to packet, and what one side has sent counts as received by the other at once.
 * The window is the largest there is, and the other side acknowledges a long run of data before it is full, so whoever
 * analyses the packets finds nothing to complain of. Used by one thread.
 */
public final class Conversation {

    /** A quarter of the window: 65,535 scaled by 14. */
    private static final long UNACKNOWLEDGED = 1 << 28;

    private static final byte[] NOTHING = new byte[0];

    private final boolean tcp;
    private final boolean calledByUs;
    private final Side us;
    private final Side peer;

    private static final class Side {
        private final Headers headers;
        private int next;
        private boolean finished;
        private long unacknowledged;

        Side(Headers headers, int next) {
            this.headers = headers;
            this.next = next;
        }
    }

    private Conversation(boolean tcp, SocketAddress local, SocketAddress remote, boolean calledByUs, long openedAt) {
        this.tcp = tcp;
        this.calledByUs = calledByUs;
        // A clock of 4 microseconds, as RFC 9293 (3.4.1) has it, so that two connections between the same ports differ.
        int seed = 31 * local.hashCode() + remote.hashCode() + (int) (openedAt / 4000);
        this.us = new Side(new Headers(tcp, local, remote), seed & 0xFF_FFFF);
        this.peer = new Side(new Headers(tcp, remote, local), seed * 0x9E3779B9 >>> 8);
    }

    /**
     * A connection; packets begin where they begin, so one that is not {@link #opened} here was there before.
     *
     * @param openedAt nanoseconds since any time: sets it apart from an earlier one between the same ends
     */
    public static Conversation tcp(SocketAddress local, SocketAddress remote, boolean calledByUs, long openedAt) {
        return new Conversation(true, local, remote, calledByUs, openedAt);
    }

    /** Datagrams. */
    public static Conversation udp(SocketAddress local, SocketAddress remote) {
        return new Conversation(false, local, remote, false, 0);
    }

    /** How many bytes of payload fit into one packet. */
    public int maxPayload() {
        return us.headers.maxPayload();
    }

    /** The sequence number of the next byte that goes that way. */
    public int sequence(boolean inbound) {
        return (inbound ? peer : us).next;
    }

    /** Goes on from other numbers, where what came before stands elsewhere. */
    public void continueFrom(int inbound, int outbound) {
        peer.next = inbound;
        us.next = outbound;
    }

    /** Passes over bytes that are not shown, as a capture shows it that lost them. */
    public void skip(boolean inbound, int bytes) {
        (inbound ? peer : us).next += bytes;
    }

    /** The three segments of the handshake. */
    public void opened(BlockWriter out, int interfaceId, long at) {
        Side caller = calledByUs ? us : peer;
        Side called = calledByUs ? peer : us;
        segment(out, interfaceId, at, caller, TcpFlags.SYN);
        caller.next++;
        segment(out, interfaceId, at, called, TcpFlags.SYN | TcpFlags.ACK);
        called.next++;
        segment(out, interfaceId, at, caller, TcpFlags.ACK);
    }

    /**
     * Begins a packet of {@code payload[from, to)}, at most {@link #maxPayload()}; options may follow, and
     * {@link BlockWriter#endBlock()} must.
     */
    public void beginData(
            BlockWriter out, int interfaceId, long at, boolean inbound, byte[] payload, int from, int to) {
        Side sender = inbound ? peer : us;
        Side receiver = inbound ? us : peer;
        int length = to - from;
        if (!tcp) {
            out.beginPacket(interfaceId, at, sender.headers.length(false) + length);
            sender.headers.writeUdp(out, payload, from, to);
            out.align();
            return;
        }
        if (sender.unacknowledged + length > UNACKNOWLEDGED) {
            segment(out, interfaceId, at, receiver, TcpFlags.ACK);
        }
        begin(out, interfaceId, at, sender, TcpFlags.PSH | TcpFlags.ACK, payload, from, to);
        sender.next += length;
        sender.unacknowledged += length;
    }

    /** One side sends no more. */
    public void halfClosed(BlockWriter out, int interfaceId, long at, boolean byPeer) {
        Side sender = byPeer ? peer : us;
        if (sender.finished) {
            return;
        }
        segment(out, interfaceId, at, sender, TcpFlags.FIN | TcpFlags.ACK);
        sender.next++;
        sender.finished = true;
        segment(out, interfaceId, at, byPeer ? us : peer, TcpFlags.ACK);
    }

    /** One side ended it at once. */
    public void reset(BlockWriter out, int interfaceId, long at, boolean byPeer) {
        segment(out, interfaceId, at, byPeer ? peer : us, TcpFlags.RST | TcpFlags.ACK);
    }

    private void segment(BlockWriter out, int interfaceId, long at, Side sender, int flags) {
        begin(out, interfaceId, at, sender, flags, NOTHING, 0, 0);
        out.direction(sender == peer);
        out.endBlock();
    }

    private void begin(
            BlockWriter out, int interfaceId, long at, Side sender, int flags, byte[] payload, int from, int to) {
        Side receiver = sender == us ? peer : us;
        boolean acknowledges = (flags & TcpFlags.ACK) != 0;
        out.beginPacket(interfaceId, at, sender.headers.length((flags & TcpFlags.SYN) != 0) + to - from);
        sender.headers.writeTcp(out, sender.next, acknowledges ? receiver.next : 0, flags, payload, from, to);
        out.align();
        if (acknowledges) {
            receiver.unacknowledged = 0;
        }
    }
}
