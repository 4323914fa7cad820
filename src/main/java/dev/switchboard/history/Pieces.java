package dev.switchboard.history;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.FrameEnds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * What is left of a chunk when frames are taken out of it: the pieces between them, each a chunk with the ids its
 * frames had.
 *
 * <pre>
 *   chunk 41   │ one\n │ two\n │ three\n │ fo         41, 42, 43 are frames; "fo" is its tail
 *   without 42 │ one\n │       │ three\n │ fo         chunk 41 with one frame, chunk 43 with one frame and the tail
 * </pre>
 */
final class Pieces {

    private Pieces() {}

    /** Index of the first byte behind the chunk's last frame. */
    static int tail(Chunk chunk) {
        int frames = chunk.frames();
        return frames == 0 ? 0 : chunk.ends().end(frames - 1);
    }

    /** The pieces, in order, possibly none. */
    static List<Chunk> of(Chunk chunk, BitSet goes, boolean tailGoes) {
        int frames = chunk.frames();
        List<Chunk> pieces = new ArrayList<>();
        int from = goes.nextClearBit(0);
        while (from < frames) {
            int to = goes.nextSetBit(from);
            to = to < 0 ? frames : to;
            boolean withTail = to == frames && !tailGoes;
            pieces.add(piece(
                    chunk,
                    from,
                    to,
                    withTail ? chunk.bytes().length : chunk.ends().end(to - 1)));
            from = goes.nextClearBit(to);
        }
        int tail = tail(chunk);
        if (!tailGoes && tail < chunk.bytes().length && (frames == 0 || goes.get(frames - 1))) {
            pieces.add(new Chunk(
                    chunk.lastId(),
                    chunk.at(),
                    chunk.way(),
                    Arrays.copyOfRange(chunk.bytes(), tail, chunk.bytes().length),
                    FrameEnds.none()));
        }
        return pieces;
    }

    /** The frames {@code [from, to)} of a chunk, and what follows them up to {@code end}. */
    private static Chunk piece(Chunk chunk, int from, int to, int end) {
        FrameEnds ends = chunk.ends();
        int start = start(chunk, from);
        FrameEnds.Builder left = new FrameEnds.Builder();
        for (int i = from; i < to; i++) {
            left.add(ends.end(i) - start, ends.header(i), ends.trailer(i), ends.origin(i));
        }
        return new Chunk(
                chunk.id() + from,
                chunk.at(),
                chunk.way(),
                Arrays.copyOfRange(chunk.bytes(), start, end),
                left.build().with(from == 0 ? chunk.straddler() : null));
    }

    /** Index of a piece's first byte in the chunk that it was taken from. */
    static int start(Chunk chunk, Chunk piece) {
        return piece.frames() == 0 ? tail(chunk) : start(chunk, Math.toIntExact(piece.id() - chunk.id()));
    }

    private static int start(Chunk chunk, int frame) {
        Objects.checkIndex(frame, chunk.frames());
        return frame == 0 ? 0 : chunk.ends().end(frame - 1);
    }
}
