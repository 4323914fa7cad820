package dev.switchboard.framing;

/** Cuts after each occurrence of a terminator. */
final class TerminatedDecoder implements Decoder {

    private final Terminator terminator;
    private final byte[] wanted;
    private final int maxFrameBytes;

    /** Positions in the stream: of the next byte to see, and of the unfinished frame's first. */
    private long offset;

    private long frameStart;

    /** How many bytes of the terminator the last bytes seen are. */
    private int matched;

    TerminatedDecoder(Terminator terminator, int maxFrameBytes) {
        this.terminator = terminator;
        this.wanted = terminator.bytes;
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public void decode(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        long base = offset - from;
        int i = from;
        while (i < to) {
            if (matched > 0) {
                matched = terminator.advance(matched, bytes[i++]);
            } else {
                i = ByteScan.indexOf(bytes, i, to, wanted[0]);
                if (i == to) {
                    break;
                }
                i++;
                matched = 1;
            }
            if (matched == wanted.length) {
                checkPayload(base + i - frameStart - matched);
                matched = 0;
                frameStart = base + i;
                sink.frame(i, 0, wanted.length);
            }
        }
        offset = base + to;
        // What has matched may yet turn out to be the terminator; what came before it is payload for certain.
        checkPayload(offset - frameStart - matched);
    }

    private void checkPayload(long payloadBytes) throws FramingException {
        if (payloadBytes > maxFrameBytes) {
            throw FramingException.over(maxFrameBytes, frameStart + maxFrameBytes, expected());
        }
    }

    @Override
    public long pending() {
        return offset - frameStart;
    }

    @Override
    public String expected() {
        return terminator.name;
    }
}
