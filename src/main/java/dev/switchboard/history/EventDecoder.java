package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads events out of blocks that {@link EventEncoder} wrote, from the beginning of a stretch on. What it passes over
 * costs little: nothing is copied of a chunk that is not meant. Used by one thread.
 */
final class EventDecoder {

    /** What was written here can't be what {@link EventEncoder} wrote; what was read before it is whole. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedException(int at, String what) {
            super(what + " at byte " + at);
        }
    }

    private final byte[] bytes;
    private final int to;
    private final @Nullable MessageFilter filter;
    private FrameEnds.Builder ends = new FrameEnds.Builder();
    private final List<LogPeer> peers = new ArrayList<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    private @Nullable Pending pending;
    private int whole;
    private boolean ended;
    private LogBlock block;
    private boolean damaged;

    /** A chunk of which the last piece is yet to come. */
    private record Pending(
            long id, long at, LogPeer peer, Direction direction, FrameEnds ends, byte @Nullable [] head) {}

    /** @param filter what is wanted: of messages only chunks and rests that hold such are read; null for everything */
    EventDecoder(byte[] bytes, int from, int to, @Nullable MessageFilter filter) {
        this.bytes = bytes;
        this.to = to;
        this.block = new LogBlock(bytes, from, to);
        this.filter = filter;
        this.whole = from;
    }

    /** The next event, or null at the end. */
    @Nullable
    TrafficEvent next() throws DamagedException {
        while (block.next()) {
            int begin = block.at();
            try {
                TrafficEvent event = read();
                if (pending == null && parts.size() == 0) {
                    whole = block.end();
                }
                if (event != null) {
                    return event;
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new DamagedException(begin, "a record that can't be understood (" + e.getMessage() + ")");
            }
        }
        return null;
    }

    /**
     * After damage: steps over it, to where the next block is whole.
     *
     * @return how many bytes that were, or -1 if no whole block follows
     */
    int passOver() {
        pending = null;
        parts.reset();
        pieces.reset();
        // What was damaged may have been half-way through.
        ends = new FrameEnds.Builder();
        BlockSearch.Words words = BlockSearch.in(bytes);
        int next = (int)
                (block.end() > block.at()
                        ? BlockSearch.next(words, block.end(), to)
                        : BlockSearch.behind(words, block.at(), to));
        if (next < 0) {
            return -1;
        }
        int passed = next - whole;
        whole = next;
        damaged = true;
        block = new LogBlock(bytes, next, to);
        return passed;
    }

    /** Where the last whole record ends. */
    int wholeUpTo() {
        return whole;
    }

    /** Whether the mark of an orderly end was the last that was read. */
    boolean ended() {
        return ended;
    }

    /** The connections met so far. */
    List<LogPeer> peers() {
        return peers;
    }

    private @Nullable TrafficEvent read() {
        ended = false;
        if (block.own()) {
            return readOwn(block.body());
        }
        return block.packet() ? readPacket() : null;
    }

    private @Nullable TrafficEvent readOwn(BodyReader body) {
        int kind = body.octet();
        if (body.octet() != LogFormat.VERSION) {
            throw new IllegalArgumentException("a version that is not known");
        }
        switch (kind) {
            case LogFormat.STRETCH -> peers.clear();
            case LogFormat.CONNECTION -> peers.add(readConnection(body));
            case LogFormat.PART -> parts.writeBytes(body.octets());
            case LogFormat.END -> ended = true;
            case LogFormat.CHUNK -> {
                return readMirrored(body);
            }
            case LogFormat.UNFINISHED -> {
                return readUnfinished(body);
            }
            case LogFormat.LIFE_CYCLE -> {
                return filter == null ? readLifeCycle(body) : null;
            }
            case LogFormat.GAP -> {
                return filter == null ? new Gap(body.number(), body.number(), body.text(), body.number()) : null;
            }
            default -> throw new IllegalArgumentException("a kind that is not known");
        }
        return null;
    }

    private LogPeer readConnection(BodyReader body) {
        int number = body.integer();
        if (number == 0 && damaged) {
            // The beginning of another stretch is among what is damaged.
            peers.clear();
        }
        if (number != peers.size() && (!damaged || number < peers.size())) {
            throw new IllegalArgumentException("a connection out of order");
        }
        while (peers.size() < number) {
            peers.add(LogPeer.LOST);
        }
        return LogPeer.read(body, filter);
    }

    private @Nullable TrafficEvent readPacket() {
        BodyReader body = block.chunkOption();
        if (body == null) {
            return null;
        }
        int flags = header(body);
        int number = body.integer();
        int from = block.payload();
        int to = block.packetEnd();
        if ((flags & LogFormat.CONTINUED) != 0) {
            return goOn(flags, block.bytes(), from, to);
        }
        return chunk(flags, peer(number), body, block.packetId(), block.packetTime(), block.bytes(), from, to);
    }

    private LogPeer peer(int number) {
        LogPeer peer = peers.get(number);
        if (peer.lost()) {
            throw new IllegalArgumentException("of a connection that is not known");
        }
        return peer;
    }

    private static int header(BodyReader body) {
        if (body.octet() != LogFormat.CHUNK || body.octet() != LogFormat.VERSION) {
            throw new IllegalArgumentException("a version that is not known");
        }
        return body.octet();
    }

    private @Nullable TrafficEvent readMirrored(BodyReader body) {
        int flags = body.octet();
        int number = body.integer();
        if ((flags & LogFormat.CONTINUED) != 0) {
            body.number();
            body.number();
            byte[] bytes = body.octets();
            return goOn(flags, bytes, 0, bytes.length);
        }
        FrameEnds cuts = LogFormat.readEnds(body, ends);
        long id = body.number();
        long at = body.number();
        byte[] bytes = body.octets();
        return chunk(flags, peer(number), cuts, id, at, bytes, 0, bytes.length);
    }

    private @Nullable TrafficEvent chunk(
            int flags, LogPeer peer, BodyReader body, long id, long at, byte[] bytes, int from, int to) {
        boolean whole = (flags & (LogFormat.MORE | LogFormat.STRADDLER)) == 0;
        if (whole && !mayBeWanted(flags, peer, at, bytes, from, to)) {
            parts.reset();
            return null;
        }
        return chunk(flags, peer, LogFormat.readEnds(body, ends), id, at, bytes, from, to);
    }

    private @Nullable TrafficEvent chunk(
            int flags, LogPeer peer, FrameEnds cuts, long id, long at, byte[] bytes, int from, int to) {
        byte[] straddler = (flags & LogFormat.STRADDLER) == 0 ? null : parts.toByteArray();
        parts.reset();
        Direction direction = (flags & LogFormat.OUTBOUND) == 0 ? Direction.IN : Direction.OUT;
        pending = new Pending(id, at, peer, direction, cuts, straddler);
        pieces.reset();
        return goOn(flags, bytes, from, to);
    }

    private boolean mayBeWanted(int flags, LogPeer peer, long at, byte[] bytes, int from, int to) {
        if (filter == null) {
            return true;
        }
        Direction direction = (flags & LogFormat.OUTBOUND) == 0 ? Direction.IN : Direction.OUT;
        if (!peer.wanted()
                || (filter.direction() != null && filter.direction() != direction)
                || at < filter.since()
                || at >= filter.until()) {
            return false;
        }
        return filter.contains().stream().allMatch(pattern -> pattern.foundIn(bytes, from, to));
    }

    private @Nullable TrafficEvent goOn(int flags, byte[] bytes, int from, int to) {
        Pending begun = pending;
        if (begun == null) {
            throw new IllegalArgumentException("a piece of a chunk whose beginning is not there");
        }
        boolean only = (flags & (LogFormat.MORE | LogFormat.CONTINUED)) == 0;
        if (!only) {
            pieces.write(bytes, from, to - from);
        }
        if ((flags & LogFormat.MORE) != 0) {
            return null;
        }
        pending = null;
        Chunk chunk = new Chunk(
                begun.id,
                begun.at,
                begun.peer.key(),
                begun.direction,
                only ? Arrays.copyOfRange(bytes, from, to) : pieces.toByteArray(),
                begun.ends,
                begun.head);
        if (!LogFormat.possible(chunk.ends(), chunk.bytes().length, begun.head)) {
            throw new IllegalArgumentException("frames that end beyond their chunk");
        }
        return filter == null || filter.admits(chunk) ? chunk : null;
    }

    private @Nullable TrafficEvent readUnfinished(BodyReader body) {
        byte[] wire = parts.toByteArray();
        parts.reset();
        Direction direction = (body.octet() & LogFormat.OUTBOUND) == 0 ? Direction.IN : Direction.OUT;
        LogPeer peer = peer(body.integer());
        Unfinished rest = new Unfinished(
                body.number(), body.number(), peer.key(), direction, LogFormat.origin(body.octet()), wire);
        return filter == null || filter.admits(rest) ? rest : null;
    }

    private LifeCycle readLifeCycle(BodyReader body) {
        long id = body.number();
        long at = body.number();
        int number = body.integer();
        String endpoint = body.text();
        LifeCycle.Kind kind = LifeCycle.Kind.valueOf(body.text());
        String call = body.text();
        String detail = body.text();
        String reason = body.text();
        return new LifeCycle(
                id,
                at,
                endpoint,
                number == 0 ? null : peer(number - 1).key(),
                kind,
                call.isEmpty() ? null : LifeCycle.Call.valueOf(call),
                detail,
                reason.isEmpty() ? null : CloseReason.valueOf(reason),
                body.more() ? body.number() - 1 : LifeCycle.UNTIMED);
    }
}
