package dev.switchboard.traffic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A payload on its way out: what a message on {@link TrafficChannels#OUTBOUND} carries. The framing of the endpoint is
 * applied to it where it is written.
 *
 * @param array holds the payload; not copied; must not be written to after the message was sent
 * @param from index of the payload's first byte in {@code array}
 * @param to index past its last byte
 * @param origin who made it
 * @param receipt is told what became of it
 * @param again the frame whose payload this is, if it is one. On the connection it was cut from it may be written out
 *     of the very bytes it came in, framing included; the bytes on the wire are the same either way
 */
public record Outgoing(
        byte[] array,
        int from,
        int to,
        Origin origin,
        Receipt receipt,
        @Nullable Frame again) {

    /** @param payload not copied; must not be written to after the message was sent */
    public Outgoing(byte[] payload, Origin origin, Receipt receipt) {
        this(payload, 0, payload.length, origin, receipt, null);
    }

    /** The payload of a frame once more, without a copy. */
    public static Outgoing again(Frame frame, Origin origin, Receipt receipt) {
        return new Outgoing(frame.array(), frame.from(), frame.to(), origin, receipt, frame);
    }

    /** Length of the payload in bytes. */
    public int bytes() {
        return to - from;
    }

    /** The payload in an array of its own, which is {@link #array} itself when there is nothing else in it. */
    public byte[] payload() {
        return bytes() == array.length ? array : Arrays.copyOfRange(array, from, to);
    }

    /** Is told, exactly once, on the thread that moves bytes, so it must not block. */
    public interface Receipt {

        /** For who does not want to know. */
        Receipt NONE = new Receipt() {
            @Override
            public void sent(long messageId, int wireBytes) {}

            @Override
            public void failed(Exception reason) {}
        };

        /** All bytes were handed to the kernel and captured; {@code messageId} is the frame's id. */
        void sent(long messageId, int wireBytes);

        /** Not all bytes were handed over, and no more will be. */
        void failed(Exception reason);
    }
}
