package dev.switchboard.export;

import dev.switchboard.export.TcpListener.End;
import dev.switchboard.pcapng.Dissected.TcpSegment;
import dev.switchboard.pcapng.Place;
import dev.switchboard.traffic.Direction;

/** One TCP connection of a capture, from its first segment on. Used by one thread. */
final class TcpConversation {

    private final Place caller;
    private final TcpListener listener;
    private final TcpDirection in;
    private final TcpDirection out;
    private boolean called;
    private int callersSyn;
    private boolean opened;
    private boolean finSeen;
    private boolean ended;

    /** @param caller who called, as far as can be told */
    TcpConversation(Place caller, TcpListener listener, HeldBytes budget) {
        this.caller = caller;
        this.listener = listener;
        this.in = new TcpDirection(new Told(Direction.IN), budget);
        this.out = new TcpDirection(new Told(Direction.OUT), budget);
    }

    boolean ended() {
        return ended;
    }

    /** Whether this segment is the first of another connection between the same two places. */
    boolean isOver(TcpSegment segment) {
        boolean call = segment.syn() && !segment.acks();
        return call && (ended || !called || !segment.source().equals(caller) || segment.seq() != callersSyn);
    }

    void segment(TcpSegment segment, long at) {
        if (ended) {
            return;
        }
        boolean fromCaller = segment.source().equals(caller);
        TcpDirection direction = fromCaller ? in : out;
        TcpDirection other = fromCaller ? out : in;
        if (segment.rst()) {
            reset(fromCaller, at);
            return;
        }
        int seq = segment.seq();
        if (segment.syn()) {
            if (fromCaller && !segment.acks()) {
                called = true;
                callersSyn = seq;
            }
            // With TCP Fast Open (RFC 7413) there may be data behind it.
            seq++;
            direction.begin(seq);
        } else if (!opened) {
            opened = true;
            listener.opened(at, called);
        }
        boolean carries = segment.length() > 0 || segment.fin();
        if (carries && !opened) {
            opened = true;
            listener.opened(at, called);
        }
        if (carries) {
            direction.segment(seq, segment.array(), segment.from(), segment.to(), segment.length(), segment.fin(), at);
        } else if (!segment.syn()) {
            // An ACK alone says where its sender is, which matters when the capture began in the middle; a keep-alive
            // is one behind (RFC 9293, section 3.8.4), which does no harm: it is known by then, or read as a
            // repetition.
            direction.begin(seq);
        }
        if (segment.acks() && !ended) {
            other.acknowledged(segment.ack(), at);
        }
    }

    private void reset(boolean byCaller, long at) {
        in.end(at);
        out.end(at);
        if (ended) {
            return;
        }
        if (!opened && called && !byCaller) {
            end(End.REFUSED, at);
        } else {
            end(byCaller ? End.RESET_BY_CALLER : End.RESET_BY_CALLED, at);
        }
    }

    /** The capture is over, or no more is taken of this connection. */
    void unseen(long at) {
        if (!ended) {
            in.end(at);
            out.end(at);
        }
        if (!ended) {
            end(End.UNSEEN, at);
        }
    }

    private void end(End how, long at) {
        ended = true;
        listener.ended(how, at);
    }

    private final class Told implements TcpDirection.Sink {

        private final Direction direction;

        private Told(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void moved(byte[] bytes, long at) {
            listener.moved(direction, bytes, at);
        }

        @Override
        public void lost(long bytes, long at) {
            listener.lost(direction, bytes, at);
        }

        @Override
        public void finished(long at) {
            if (!finSeen) {
                finSeen = true;
                listener.halfClosed(direction, at);
                return;
            }
            // The other side's FIN came before, or this one would not be the second.
            end(direction == Direction.IN ? End.CLOSED_BY_CALLED : End.CLOSED_BY_CALLER, at);
        }
    }
}
