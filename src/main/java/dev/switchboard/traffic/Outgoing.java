package dev.switchboard.traffic;

/**
 * A payload on its way out: what a message on {@link TrafficChannels#OUTBOUND} carries. The framing of the endpoint is
 * applied to it where it is written.
 *
 * @param payload not copied; must not be written to after the message was sent
 * @param origin who made it
 * @param receipt is told what became of it
 */
public record Outgoing(byte[] payload, Origin origin, Receipt receipt) {

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
