package dev.switchboard.export;

import dev.switchboard.pcapng.Dissected.TcpSegment;
import dev.switchboard.pcapng.Place;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The TCP connections of a capture, by their two places. The side that was called is the local one: the destination of
 * the SYN or, where the capture does not have it, the source of the SYN's answer, or else the one with the lower port.
 * Used by one thread.
 */
final class TcpConversations {

    /** Followed at a time; the one that was silent longest is given up for the next. */
    static final int MOST = 65_536;

    /** Bytes held for all of them together, until what is missing before them has come. */
    private static final long MAX_HELD_BYTES = 64 << 20;

    /** Makes the listener of a connection, when it is first seen. */
    interface Opener {
        TcpListener open(Place local, Place remote, long at);
    }

    /** Whichever side is first. */
    private record Pair(Place one, Place other) {

        static Pair of(TcpSegment segment) {
            Place source = segment.source();
            Place destination = segment.destination();
            return before(source, destination) ? new Pair(source, destination) : new Pair(destination, source);
        }

        private static boolean before(Place a, Place b) {
            return a.port() != b.port()
                    ? a.port() < b.port()
                    : a.high() != b.high() ? a.high() < b.high() : a.low() < b.low();
        }
    }

    private final Opener opener;
    private final int most;
    private final HeldBytes held = new HeldBytes(MAX_HELD_BYTES);
    private final Map<Pair, TcpConversation> conversations = new LinkedHashMap<>(16, 0.75f, true);
    private long givenUp;

    TcpConversations(Opener opener) {
        this(opener, MOST);
    }

    TcpConversations(Opener opener, int most) {
        this.opener = opener;
        this.most = most;
    }

    /** @param at nanoseconds since the epoch, not before that of the segment ahead */
    void segment(TcpSegment segment, long at) {
        Pair pair = Pair.of(segment);
        TcpConversation conversation = conversations.get(pair);
        if (conversation != null && conversation.isOver(segment)) {
            conversation.unseen(at);
            conversations.remove(pair);
            conversation = null;
        }
        if (conversation == null) {
            makeRoom(at);
            Place local = localOf(segment);
            Place remote = local.equals(segment.source()) ? segment.destination() : segment.source();
            conversation = new TcpConversation(remote, opener.open(local, remote, at), held);
            conversations.put(pair, conversation);
        }
        conversation.segment(segment, at);
    }

    private static Place localOf(TcpSegment segment) {
        if (segment.syn()) {
            return segment.acks() ? segment.source() : segment.destination();
        }
        return segment.source().port() < segment.destination().port() ? segment.source() : segment.destination();
    }

    private void makeRoom(long at) {
        if (conversations.size() == most) {
            Iterator<TcpConversation> silentLongest = conversations.values().iterator();
            TcpConversation last = silentLongest.next();
            silentLongest.remove();
            if (!last.ended()) {
                givenUp++;
                last.unseen(at);
            }
        }
    }

    /** How many were given up for others. */
    long givenUp() {
        return givenUp;
    }

    /** The capture is over. */
    void end(long at) {
        conversations.values().forEach(conversation -> conversation.unseen(at));
        conversations.clear();
    }
}
