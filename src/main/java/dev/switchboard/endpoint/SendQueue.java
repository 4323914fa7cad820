package dev.switchboard.endpoint;

import dev.switchboard.framing.Framed;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing.Receipt;
import dev.switchboard.traffic.Way;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out of one stream: gathered into large writes, taken down as the chunks the kernel took, and
 * receipted when their last byte was handed over. Used by the connection's loop alone, but for {@link #unadmitted()}.
 *
 * <pre>
 *   waiting   │ PING\n PONG\n │ PING\n │      two runs: frames that follow each other in one array wait as one
 *               ▲ written 2 of 10
 *   write       └─────────────┘ the kernel takes what it likes of up to 64 KiB: one chunk
 * </pre>
 */
final class SendQueue {

    /** What a frame costs beside its bytes, roughly: objects, and slots in queues. */
    static final int FRAME_COST = 64;

    private final Way out;
    private final Capture capture;
    private final Tally tally;
    private final FrameEnds.Builder ends;
    private @Nullable Run first;
    private @Nullable Run last;
    private List<Done> done = List.of();
    private long weight;
    private long unadmittedWeight;
    private volatile long unadmitted;

    /** @param ends empty, and empty again after each call; shared by all on the loop */
    SendQueue(ConnectionKey connection, Capture capture, Tally tally, FrameEnds.Builder ends) {
        this.out = new Way(connection, Direction.OUT);
        this.capture = capture;
        this.tally = tally;
        this.ends = ends;
    }

    /** Whose last byte was taken, and who wants to know. */
    private record Done(Receipt receipt, int index, int wireBytes) {}

    boolean isEmpty() {
        return first == null;
    }

    /** What waits for the kernel, in bytes: those of the frames, and {@value #FRAME_COST} for each frame. */
    long weight() {
        return weight;
    }

    /** What of {@link #weight()} did not come through the {@link SendGate}. */
    long unadmittedWeight() {
        return unadmittedWeight;
    }

    /** The same as of the last {@link #tell}; any thread. */
    long unadmitted() {
        return unadmitted;
    }

    /** Lets other threads know what waits; once for many frames, as it costs more than adding one. */
    void tell() {
        if (unadmitted != unadmittedWeight) {
            unadmitted = unadmittedWeight;
        }
    }

    /** Adds one frame that nobody else has. */
    void add(Framed framed, Origin origin, Receipt receipt, boolean admitted) {
        byte[] wire = framed.wire();
        add(wire, 0, wire.length, framed.header(), framed.trailer(), origin, receipt, admitted);
    }

    /**
     * Adds one frame: {@code array[from, to)}, which begins with {@code header} bytes of framing and ends with
     * {@code trailer}.
     *
     * @param array not copied, so nobody changes it
     * @param admitted whether it came through the {@link SendGate}
     */
    void add(
            byte[] array, int from, int to, int header, int trailer, Origin origin, Receipt receipt, boolean admitted) {
        Run newest = last;
        if (newest != null
                && receipt == Receipt.NONE
                && newest.goesOnAt(array, from, header, trailer, origin, admitted)) {
            newest.append(to);
        } else {
            Run run = new Run(array, from, to, header, trailer, origin, receipt, admitted);
            if (newest == null) {
                first = run;
            } else {
                newest.next = run;
            }
            last = run;
        }
        int cost = to - from + FRAME_COST;
        weight += cost;
        unadmittedWeight += admitted ? 0 : cost;
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
        for (Run run = first; run != null && buffer.hasRemaining(); run = run.next) {
            buffer.put(run.array, run.written, Math.min(run.left(), buffer.remaining()));
        }
        buffer.flip();
        return buffer.limit();
    }

    private void settle(int taken) {
        Run run = Objects.requireNonNull(first);
        byte[] straddler = run.straddler(taken);
        // An echo of all that came in one read: the two chunks share their bytes, which halves what history keeps.
        boolean whole = run.isAll(taken);
        byte[] moved = whole ? run.array : new byte[taken];
        int at = 0;
        while (at < taken) {
            run = Objects.requireNonNull(first);
            int count = Math.min(run.left(), taken - at);
            if (!whole) {
                System.arraycopy(run.array, run.written, moved, at, count);
            }
            settle(run, count, at);
            at += count;
        }
        Chunk chunk = capture.moved(out, moved, ends.build().with(straddler));
        tally.out(moved.length, chunk.frames(), chunk.at());
        receipt(chunk);
    }

    /** @param at where in the chunk the {@code count} bytes stand that the kernel took of this run, the first one */
    private void settle(Run run, int count, int at) {
        int frames = run.take(count, at, ends);
        weight -= count + (long) frames * FRAME_COST;
        unadmittedWeight -= run.admitted ? 0 : count + (long) frames * FRAME_COST;
        if (run.left() > 0) {
            return;
        }
        first = run.next;
        if (first == null) {
            last = null;
        }
        if (run.receipt != Receipt.NONE) {
            if (done.isEmpty()) {
                done = new ArrayList<>();
            }
            done.add(new Done(run.receipt, ends.size() - 1, run.end - run.from));
        }
    }

    private void receipt(Chunk chunk) {
        if (done.isEmpty()) {
            return;
        }
        // Out of the way first: who gets a receipt may send again.
        List<Done> receipted = done;
        done = List.of();
        receipted.forEach(one -> one.receipt.sent(chunk.id() + one.index, one.wireBytes));
    }

    /** Gives up on what waits: each sender is told, and what is half-written is taken down as unfinished. */
    void abandon(IOException reason) {
        Run run = first;
        if (run != null && run.written > run.frameStart) {
            byte[] begun = Arrays.copyOfRange(run.array, run.frameStart, run.written);
            capture.unfinished(out.connection(), Direction.OUT, run.origin, begun);
        }
        weight = 0;
        unadmittedWeight = 0;
        tell();
        first = null;
        last = null;
        for (; run != null; run = run.next) {
            run.receipt.failed(reason);
        }
    }
}
