package dev.switchboard.framing;

/** Cuts by the length that goes ahead of each payload. */
final class LengthDecoder implements Decoder {

    private final int headerBytes;
    private final int maxFrameBytes;

    /** Position in the stream of the next byte to see. */
    private long offset;

    private int headerSeen;

    /** The length as far as it is known: 32 bits, unsigned, hence a long. */
    private long length;

    /** Payload bytes still to come; means something once the header is complete. */
    private int missing;

    LengthDecoder(int headerBytes, int maxFrameBytes) {
        this.headerBytes = headerBytes;
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public void decode(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        long base = offset - from;
        int i = from;
        while (i < to) {
            if (headerSeen < headerBytes) {
                length = length << 8 | bytes[i++] & 0xFF;
                if (++headerSeen < headerBytes) {
                    continue;
                }
                checkLength(base + i - headerBytes);
                missing = (int) length;
            }
            int taken = Math.min(missing, to - i);
            missing -= taken;
            i += taken;
            if (missing == 0) {
                headerSeen = 0;
                length = 0;
                sink.frame(i, headerBytes, 0);
            }
        }
        offset = base + to;
    }

    private void checkLength(long headerStart) throws FramingException {
        if (length > maxFrameBytes) {
            String expected = "a length of at most " + maxFrameBytes;
            throw new FramingException(
                    "frame over " + maxFrameBytes + " bytes at offset " + headerStart + ": expected " + expected
                            + ", found " + length,
                    headerStart,
                    expected,
                    Long.toString(length));
        }
    }

    @Override
    public long pending() {
        return headerSeen < headerBytes ? headerSeen : headerSeen + length - missing;
    }

    @Override
    public String expected() {
        return headerSeen < headerBytes
                ? FixedDecoder.more(headerBytes - headerSeen) + " of the length"
                : FixedDecoder.more(missing) + " of the payload";
    }
}
