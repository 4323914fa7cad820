package dev.switchboard.export;

import dev.switchboard.framing.Framing;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle.Kind;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Tells the life of a TCP connection of a capture in the words of our own traffic. Used by one thread. */
final class ImportedConnection implements TcpListener {

    private final ConnectionKey key;
    private final Intake intake;
    private final LongConsumer lostBytes;
    private final ImportedStream in;
    private final ImportedStream out;

    /** @param lostBytes is told how many bytes are missing, each time some are */
    ImportedConnection(
            ConnectionKey key,
            Framing framing,
            Intake intake,
            FrameEnds.Builder ends,
            HeldBytes tails,
            LongConsumer lostBytes) {
        this.key = key;
        this.intake = intake;
        this.lostBytes = lostBytes;
        this.in = new ImportedStream(key, Direction.IN, framing, intake, ends, tails);
        this.out = new ImportedStream(key, Direction.OUT, framing, intake, ends, tails);
    }

    private ImportedStream stream(Direction direction) {
        return direction == Direction.IN ? in : out;
    }

    @Override
    public void opened(long at, boolean begun) {
        String detail = begun
                ? key.local() + " accepted a connection from " + key.remote()
                : key.local() + " and " + key.remote() + " were connected already when the capture began";
        tell(Kind.ACCEPTED, detail, null, at);
    }

    @Override
    public void moved(Direction direction, byte[] bytes, long at) {
        stream(direction).moved(bytes, at);
    }

    @Override
    public void lost(Direction direction, long bytes, long at) {
        lostBytes.accept(bytes);
        stream(direction).lost(at);
    }

    @Override
    public void halfClosed(Direction direction, long at) {
        stream(direction).rest(at);
        if (direction == Direction.IN) {
            tell(Kind.PEER_HALF_CLOSED, key.remote() + " sent FIN and sends no more", null, at);
        } else {
            tell(Kind.HALF_CLOSED, key.local() + " sent FIN and sends no more", null, at);
        }
    }

    @Override
    public void ended(End end, long at) {
        in.rest(at);
        out.rest(at);
        switch (end) {
            case CLOSED_BY_CALLER -> tell(Kind.CLOSED, "both sides sent FIN", CloseReason.PEER_CLOSED, at);
            case CLOSED_BY_CALLED -> tell(Kind.CLOSED, "both sides sent FIN", CloseReason.LOCAL_CLOSE, at);
            case RESET_BY_CALLER -> tell(Kind.RESET, key.remote() + " sent RST", CloseReason.PEER_RESET, at);
            case RESET_BY_CALLED -> tell(Kind.RESET, key.local() + " sent RST", CloseReason.LOCAL_RESET, at);
            case REFUSED ->
                tell(Kind.RESET, key.local() + " refused: it answered the SYN with RST", CloseReason.LOCAL_RESET, at);
            case UNSEEN -> tell(Kind.CLOSED, "the capture does not have its end", CloseReason.SHUTDOWN, at);
        }
    }

    private void tell(Kind kind, String detail, @Nullable CloseReason reason, long at) {
        intake.lifeCycle(key.endpoint(), key, kind, null, detail, reason, at);
    }
}
