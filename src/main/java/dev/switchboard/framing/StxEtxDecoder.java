package dev.switchboard.framing;

/** Cuts STX payload ETX. */
final class StxEtxDecoder implements Decoder {

    static final byte STX = 0x02;
    static final byte ETX = 0x03;

    private final int maxFrameBytes;

    /** Positions in the stream: of the next byte to see, and of the unfinished frame's first. */
    private long offset;

    private long frameStart;

    StxEtxDecoder(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public void decode(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        long base = offset - from;
        int i = from;
        while (i < to) {
            if (base + i == frameStart) {
                if (bytes[i] != STX) {
                    throw FramingException.unexpected(frameStart, "STX (0x02)", bytes[i]);
                }
                i++;
            }
            i = ByteScan.indexOf(bytes, i, to, ETX);
            checkPayload(base + i - frameStart - 1);
            if (i < to) {
                i++;
                frameStart = base + i;
                sink.frame(i, 1, 1);
            }
        }
        offset = base + to;
    }

    private void checkPayload(long payloadBytes) throws FramingException {
        if (payloadBytes > maxFrameBytes) {
            throw FramingException.over(maxFrameBytes, frameStart + 1 + maxFrameBytes, "ETX (0x03)");
        }
    }

    @Override
    public long pending() {
        return offset - frameStart;
    }

    @Override
    public String expected() {
        return pending() == 0 ? "STX (0x02)" : "ETX (0x03)";
    }
}
