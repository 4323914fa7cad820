package dev.switchboard.export;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Cutter;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Lays framing over one direction of an imported connection. Where it can't be cut any further, what follows is shown
 * as it came. Used by one thread.
 */
final class ImportedStream {

    /** As large as a frame may be on any endpoint. */
    static final int MAX_FRAME_BYTES = 16 << 20;

    private final ConnectionKey connection;
    private final Direction direction;
    private final Origin origin;
    private final Framing framing;
    private final Intake intake;
    private final FrameEnds.Builder ends;
    private final HeldBytes tails;
    /** Null once the stream is taken as it comes. */
    private @Nullable Cutter cutter;

    /**
     * @param ends empty between calls; shared by all
     * @param tails what is held of unfinished frames, of all streams
     */
    ImportedStream(
            ConnectionKey connection,
            Direction direction,
            Framing framing,
            Intake intake,
            FrameEnds.Builder ends,
            HeldBytes tails) {
        this.connection = connection;
        this.direction = direction;
        // Nobody can tell from a capture who made what the called side sent; it was not the peer.
        this.origin = direction == Direction.IN ? Origin.PEER : Origin.OPERATOR;
        this.framing = framing;
        this.intake = intake;
        this.ends = ends;
        this.tails = tails;
        this.cutter = newCutter();
    }

    private @Nullable Cutter newCutter() {
        return framing instanceof Framing.Raw ? null : new Cutter(framing.decoder(MAX_FRAME_BYTES), ends, origin);
    }

    void moved(byte[] bytes, long at) {
        Cutter cutting = cutter;
        if (cutting == null) {
            intake.chunk(connection, direction, bytes, FrameEnds.whole(bytes.length, origin), null, at);
            return;
        }
        int pending = cutting.pending();
        Cutter.Cut cut = cutting.cut(bytes);
        tails.add(cutting.pending() - pending);
        intake.chunk(connection, direction, bytes, cut.ends(), cut.straddler(), at);
        if (cut.failure() != null) {
            giveUp(String.valueOf(cut.failure().getMessage()), at);
        } else if (tails.spent()) {
            giveUp("unfinished frames take more room than an import has for them", at);
        }
    }

    private void giveUp(String why, long at) {
        rest(at);
        cutter = null;
        intake.lifeCycle(
                connection.endpoint(),
                connection,
                LifeCycle.Kind.FRAMING_ERROR,
                null,
                direction.word() + ": " + why + "; from here on each segment is shown as it came",
                null,
                at);
    }

    /**
     * Bytes are missing. A frame that ends with something can be found again behind them; one that begins so, can't.
     */
    void lost(long at) {
        rest(at);
        intake.gap(connection.endpoint(), 1, at);
        boolean endsShow = framing instanceof Framing.Lf
                || framing instanceof Framing.Crlf
                || framing instanceof Framing.Nul
                || framing instanceof Framing.Delimiter;
        if (endsShow && cutter != null) {
            cutter = newCutter();
        } else if (cutter != null) {
            giveUp("bytes are missing in the capture", at);
        }
    }

    /** What was left of a frame that will not end, if anything. */
    void rest(long at) {
        if (cutter != null && cutter.pending() > 0) {
            tails.add(-cutter.pending());
            intake.unfinished(connection, direction, origin, cutter.leftover(), at);
        }
    }
}
