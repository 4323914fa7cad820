package dev.switchboard.history;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Cutter;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * Lays another framing over the past of one connection.
 *
 * <pre>
 *   older ◄── │ window: 16 MiB of chunks, cut from its beginning on │ ◄── before
 *             └─────────────────── page ◄── page ◄── page ──────────┘
 * </pre>
 *
 * <p>Framing is laid from the oldest byte to the newest, pages go the other way. So a window of chunks is cut as a
 * whole for each of its pages, always from the same place, which the pages carry with them: what is on one page does
 * not depend on the others. Mostly the window holds all there is of the connection. Otherwise the next window ends
 * where this one began, and a frame that lies across is in two pieces.
 *
 * <p>Used by one thread. Holds the window, and no more frames than a page.
 */
final class Reframing {

    private static final long WINDOW_BYTES = 16 << 20;

    /** No frame of a window is longer. */
    static final int MAX_FRAME = 16 << 20;

    private static final Pattern PLACE = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,18})\\.(\\d{1,19})");

    /**
     * A place within a window.
     *
     * @param chunk id of a chunk
     * @param frame number of a frame in there; those before it are still to come
     * @param from where the window begins
     * @param before where it ends
     */
    private record Place(long chunk, int frame, long from, long before) {

        boolean passed(long at, int number) {
            return at > chunk || (at == chunk && number >= frame);
        }

        @Override
        public String toString() {
            return chunk + "." + frame + "." + from + "." + before;
        }
    }

    private record Item(Frame frame, long chunk, int number) {}

    private final MessageFilter filter;
    private final Framing framing;
    private final Place begin;
    private final int limit;
    private final FrameEnds.Builder ends = new FrameEnds.Builder();
    private final Map<Direction, Side> sides = new EnumMap<>(Direction.class);
    private final Deque<Item> found = new ArrayDeque<>();

    /** One direction. */
    private final class Side {
        private final Cutter cutter = new Cutter(framing.decoder(MAX_FRAME), ends, Origin.PEER);
        private @Nullable Chunk last;
        private boolean uncuttable;
        private Origin origin;

        Side(Direction direction) {
            origin = direction == Direction.IN ? Origin.PEER : Origin.OPERATOR;
        }
    }

    private Reframing(MessageFilter filter, Framing framing, Place begin, int limit) {
        this.filter = filter;
        this.framing = framing;
        this.begin = begin;
        this.limit = limit;
    }

    /** @throws ErrorResponseException (400, 422) for what makes no sense */
    static Reframed page(
            HistoryStore store,
            MessageFilter filter,
            Framing framing,
            @Nullable String before,
            int limit,
            Deadline deadline) {
        Matcher place = PLACE.matcher(before == null ? "" : before);
        boolean goesOn = place.matches();
        try {
            long end =
                    goesOn ? Long.parseLong(place.group(4)) : before == null ? Long.MAX_VALUE : Long.parseLong(before);
            // A window that was read once in time is read again whole. It ends with the chunk that filled it.
            ChunkRun window = goesOn
                    ? store.back(filter, Long.parseLong(place.group(3)), end, 2 * WINDOW_BYTES, Deadline.NEVER)
                    : store.back(filter, 0, end, WINDOW_BYTES, deadline);
            if (goesOn && window.cutAt().isPresent()) {
                throw notANext(before);
            }
            // The place after the last of a window.
            Place begin = goesOn
                    ? new Place(
                            Long.parseLong(place.group(1)),
                            Integer.parseInt(place.group(2)),
                            Long.parseLong(place.group(3)),
                            end)
                    : new Place(Long.MAX_VALUE, 0, window.from(), end);
            return new Reframing(filter, framing, begin, limit).page(window);
        } catch (NumberFormatException e) {
            throw notANext(before);
        }
    }

    private static ErrorResponseException notANext(@Nullable String before) {
        return Problem.badParameter("before", before + " is not the \"next\" of a page");
    }

    private Reframed page(ChunkRun window) {
        List<Chunk> chunks = new ArrayList<>();
        for (TrafficEvent event : window.events()) {
            if (event instanceof Chunk chunk) {
                chunks.add(chunk);
                sides.computeIfAbsent(chunk.direction(), Side::new).last = chunk;
            }
        }
        if (!chunks.isEmpty() && chunks.getFirst().connection().transport() == Transport.UDP) {
            throw Problem.meaningless(
                    "framing", "the connection is a UDP peer, and a datagram is always one frame; leave framing out");
        }
        chunks.forEach(this::cut);
        boolean more = found.size() > limit;
        if (more) {
            found.removeFirst();
        }
        boolean older = begin.from() > 0;
        String next = more
                ? new Place(found.getFirst().chunk(), found.getFirst().number(), begin.from(), begin.before())
                        .toString()
                : older ? Long.toString(begin.from()) : null;
        long lower = more ? found.getFirst().chunk() : begin.from();
        List<Frame> items = new ArrayList<>();
        found.descendingIterator().forEachRemaining(item -> items.add(item.frame()));
        return new Reframed(
                items, next, gap(window, chunks, lower), !more && older ? cutAt(window) : OptionalLong.empty());
    }

    private static OptionalLong cutAt(ChunkRun window) {
        return window.cutAt().isPresent() || window.events().isEmpty()
                ? window.cutAt()
                : OptionalLong.of(window.events().getFirst().at());
    }

    private void cut(Chunk chunk) {
        Side side = sides.get(chunk.direction());
        if (side == null) {
            return;
        }
        int number = 0;
        if (side.uncuttable) {
            rest(chunk, side, number++, chunk.bytes());
        } else {
            Cutter.Cut cut = side.cutter.cut(chunk.bytes());
            Chunk again = new Chunk(
                    chunk.id(),
                    chunk.at(),
                    chunk.connection(),
                    chunk.direction(),
                    chunk.bytes(),
                    cut.ends(),
                    cut.straddler());
            for (; number < again.frames(); number++) {
                side.origin = origin(chunk, cut.ends().end(number), side.origin);
                offer(again.frame(number), chunk, side, number);
            }
            if (cut.failure() != null) {
                side.uncuttable = true;
                rest(chunk, side, number++, side.cutter.leftover());
            }
        }
        if (chunk.id() == (side.last == null ? 0 : side.last.id())) {
            rest(chunk, side, number, side.cutter.leftover());
        }
    }

    /** Bytes that are no whole frame. */
    private void rest(Chunk chunk, Side side, int number, byte[] bytes) {
        if (bytes.length > 0) {
            offer(
                    new Frame(
                            chunk.id(),
                            chunk.at(),
                            chunk.connection(),
                            chunk.direction(),
                            side.origin,
                            bytes,
                            0,
                            bytes.length,
                            bytes.length,
                            false),
                    chunk,
                    side,
                    number);
        }
    }

    private void offer(Frame cut, Chunk chunk, Side side, int number) {
        if (begin.passed(chunk.id(), number)) {
            return;
        }
        Frame frame = new Frame(
                Math.min(chunk.id() + number, chunk.lastId()),
                cut.at(),
                cut.connection(),
                cut.direction(),
                side.origin,
                cut.array(),
                cut.from(),
                cut.to(),
                cut.wireBytes(),
                cut.complete());
        if (filter.matches(frame)) {
            found.addLast(new Item(frame, chunk.id(), number));
            if (found.size() > limit + 1) {
                found.removeFirst();
            }
        }
    }

    /** Who made the frame of the first cut in which a byte ends; where none does, who made the one before. */
    private static Origin origin(Chunk chunk, int end, Origin otherwise) {
        FrameEnds cut = chunk.ends();
        int low = 0;
        int high = cut.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cut.end(middle) < end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return cut.size() == 0 ? otherwise : cut.origin(Math.min(low, cut.size() - 1));
    }

    private long gap(ChunkRun window, List<Chunk> chunks, long lower) {
        if (chunks.isEmpty()) {
            return 0;
        }
        long upper = begin.chunk() == Long.MAX_VALUE ? begin.before() : begin.chunk();
        Gaps gaps = new Gaps(chunks.getFirst().endpoint(), filter.since(), filter.until(), lower, upper);
        long missed = 0;
        for (TrafficEvent event : window.events()) {
            if (event instanceof Gap gap && gaps.has(gap)) {
                missed += gap.missed();
            }
        }
        return missed;
    }
}
