package dev.switchboard.endpoint;

import dev.switchboard.framing.Framed;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing.Receipt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out of one stream: gathered into large writes, taken down as the chunks the kernel took, and
 * receipted when their last byte was handed over. Used by the connection's loop alone.
 *
 * <pre>
 *   waiting   │ PING\n │ PONG\n │ PING\n │
 *              ▲ written 2 of 5
 *   write     └────────────────┘ the kernel takes what it likes of up to 64 KiB: one chunk
 * </pre>
 */
final class SendQueue {

    /** What a frame costs beside its bytes, roughly: objects, and slots in queues. */
    static final int FRAME_COST = 64;

    private final ConnectionKey connection;
    private final Capture capture;
    private final Tally tally;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final FrameEnds.Builder ends;
    private List<Waiting> finished = new ArrayList<>();
    private long weight;

    /** @param ends empty, and empty again after each call; shared by all on the loop */
    SendQueue(ConnectionKey connection, Capture capture, Tally tally, FrameEnds.Builder ends) {
        this.connection = connection;
        this.capture = capture;
        this.tally = tally;
        this.ends = ends;
    }

    private static final class Waiting {

        private final Framed frame;
        private final Origin origin;
        private final Receipt receipt;
        private int written;

        private Waiting(Framed frame, Origin origin, Receipt receipt) {
            this.frame = frame;
            this.origin = origin;
            this.receipt = receipt;
        }

        private int left() {
            return frame.wire().length - written;
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** What waits for the kernel, in bytes: those of the frames, and {@value #FRAME_COST} for each frame. */
    long weight() {
        return weight;
    }

    void add(Framed frame, Origin origin, Receipt receipt) {
        waiting.add(new Waiting(frame, origin, receipt));
        weight += frame.wire().length + FRAME_COST;
    }

    /**
     * Hands the kernel one buffer full.
     *
     * @return whether it took all that was offered, so that more may be offered
     */
    boolean write(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        int offered = gather(buffer);
        int taken = channel.write(buffer);
        if (taken > 0) {
            settle(taken);
        }
        return taken == offered;
    }

    private int gather(ByteBuffer buffer) {
        for (Waiting one : waiting) {
            int count = Math.min(one.left(), buffer.remaining());
            buffer.put(one.frame.wire(), one.written, count);
            if (!buffer.hasRemaining()) {
                break;
            }
        }
        buffer.flip();
        return buffer.limit();
    }

    private void settle(int taken) {
        byte[] moved = new byte[taken];
        byte[] straddler = null;
        int at = 0;
        while (at < taken) {
            Waiting one = waiting.element();
            byte[] wire = one.frame.wire();
            int count = Math.min(one.left(), taken - at);
            boolean began = one.written > 0;
            System.arraycopy(wire, one.written, moved, at, count);
            one.written += count;
            at += count;
            if (one.left() == 0) {
                if (began && ends.size() == 0) {
                    straddler = wire;
                }
                ends.add(at, one.frame.header(), one.frame.trailer(), one.origin);
                finished.add(waiting.remove());
                weight -= FRAME_COST;
            }
        }
        weight -= taken;
        take(moved, straddler);
    }

    private void take(byte[] moved, byte @Nullable [] straddler) {
        Chunk chunk = capture.moved(connection, Direction.OUT, moved, ends.build(), straddler);
        tally.out(moved.length, chunk.frames(), chunk.at());
        // Out of the way first: who gets a receipt may send again.
        List<Waiting> receipted = finished;
        finished = new ArrayList<>();
        for (int i = 0; i < receipted.size(); i++) {
            Waiting one = receipted.get(i);
            one.receipt.sent(chunk.id() + i, one.frame.wire().length);
        }
    }

    /** Gives up on what waits: each sender is told, and what is half-written is taken down as unfinished. */
    void abandon(IOException reason) {
        Waiting first = waiting.peek();
        if (first != null && first.written > 0) {
            byte[] begun = Arrays.copyOf(first.frame.wire(), first.written);
            capture.unfinished(connection, Direction.OUT, first.origin, begun);
        }
        weight = 0;
        while (!waiting.isEmpty()) {
            waiting.remove().receipt.failed(reason);
        }
    }
}
