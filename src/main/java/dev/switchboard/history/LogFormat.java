package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What we add to pcapng, so that events can be read back exactly.
 *
 * <p>A chunk is one packet, or several where it does not fit into one; each carries an option of kind {@link #CHUNK},
 * its id is the packet's. Packets without that option are drawn for who looks at the file with other eyes: handshakes,
 * FIN, RST. Everything else is a block of our own, which other programs pass over. Inside of both: an octet that tells
 * the kind, an octet that tells the version, a {@link Body}.
 *
 * <pre>
 *   STRETCH              from here on connections are numbered anew, so that a stretch can be read by itself
 *   CONNECTION  no, key  before the first that speaks of it
 *   PART        bytes    of what is too long or too wide for an option: belongs to the next CHUNK or UNFINISHED
 *   CHUNK, UNFINISHED, LIFE_CYCLE, GAP
 *   END                  the process ended in order; without it the file may lack what came last
 * </pre>
 */
final class LogFormat {

    /** Type of our blocks: of those that are free to use, one that shows {@code SB} in a dump. */
    static final int BLOCK = BlockWriter.LOCAL_BLOCKS | 0x4253;

    /** Code of our option of a packet. */
    static final int OPTION = BlockWriter.LOCAL_OPTIONS | 0x4253;

    static final int VERSION = 1;

    static final int STRETCH = 'S';
    static final int CONNECTION = 'K';
    static final int PART = 'P';
    static final int CHUNK = 'C';
    static final int UNFINISHED = 'U';
    static final int LIFE_CYCLE = 'L';
    static final int GAP = 'G';
    static final int END = 'E';

    /** Of a chunk's packet: others follow that belong to it. */
    static final int MORE = 1;

    /** Of a chunk's packet: it goes on with what the packet before began, and says nothing but its bytes. */
    static final int CONTINUED = 2;

    /** Of a chunk: its straddler stands before it in parts. */
    static final int STRADDLER = 4;

    static final int OUTBOUND = 8;

    /** The longest part, and the longest piece of a chunk in a block of our own. */
    static final int PART_BYTES = 1 << 20;

    /** What surely fits into one packet of any kind. */
    static final int ONE_PACKET = 65_000;

    private static final int MIXED = 255;

    private LogFormat() {}

    /** Writes where frames end; mostly all have one origin and are framed alike. */
    static void write(FrameEnds ends, Body body) {
        int frames = ends.size();
        body.number(frames);
        if (frames == 0) {
            return;
        }
        boolean oneOrigin = true;
        boolean alike = true;
        for (int i = 1; i < frames; i++) {
            oneOrigin &= ends.origin(i) == ends.origin(0);
            alike &= ends.header(i) == ends.header(0) && ends.trailer(i) == ends.trailer(0);
        }
        body.octet(oneOrigin ? ends.origin(0).ordinal() : MIXED).octet(alike ? 1 : 0);
        if (alike) {
            body.number(ends.header(0)).number(ends.trailer(0));
        }
        int before = 0;
        for (int i = 0; i < frames; i++) {
            body.number(ends.end(i) - before);
            before = ends.end(i);
            if (!alike) {
                body.number(ends.header(i)).number(ends.trailer(i));
            }
            if (!oneOrigin) {
                body.octet(ends.origin(i).ordinal());
            }
        }
    }

    static FrameEnds readEnds(BodyReader body, FrameEnds.Builder builder) {
        int frames = body.integer();
        if (frames == 0) {
            return FrameEnds.none();
        }
        int origin = body.octet();
        boolean alike = body.octet() == 1;
        int header = alike ? body.integer() : 0;
        int trailer = alike ? body.integer() : 0;
        int end = 0;
        for (int i = 0; i < frames; i++) {
            end += body.integer();
            if (!alike) {
                header = body.integer();
                trailer = body.integer();
            }
            builder.add(end, header, trailer, origin(origin == MIXED ? body.octet() : origin));
        }
        return builder.build();
    }

    /**
     * Whether frames can end so in a chunk: damage may leave numbers that can be read and mean nothing, and whoever
     * looks at such a frame would reach beyond its bytes.
     *
     * @param straddler the whole first frame if it began earlier
     */
    static boolean possible(FrameEnds ends, int bytes, byte @Nullable [] straddler) {
        int before = 0;
        for (int i = 0; i < ends.size(); i++) {
            int end = ends.end(i);
            int length = i == 0 && straddler != null ? straddler.length : end - before;
            if (end < before || end > bytes || (long) ends.header(i) + ends.trailer(i) > length) {
                return false;
            }
            before = end;
        }
        return true;
    }

    static Origin origin(int ordinal) {
        return ORIGINS[ordinal];
    }

    private static final Origin[] ORIGINS = Origin.values();
}
