package dev.switchboard.framing;

/** Cuts frames of one size. */
final class FixedDecoder implements Decoder {

    private final int size;
    private int missing;

    FixedDecoder(int size) {
        this.size = size;
        this.missing = size;
    }

    @Override
    public void decode(byte[] bytes, int from, int to, FrameSink sink) {
        int i = from;
        while (missing <= to - i) {
            i += missing;
            missing = size;
            sink.frame(i, 0, 0);
        }
        missing -= to - i;
    }

    @Override
    public long pending() {
        return (long) size - missing;
    }

    @Override
    public String expected() {
        return more(missing) + " of the frame";
    }

    static String more(int bytes) {
        return bytes == 1 ? "1 more byte" : bytes + " more bytes";
    }
}
