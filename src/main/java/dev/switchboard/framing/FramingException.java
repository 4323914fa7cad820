package dev.switchboard.framing;

/** A stream can't be cut into frames any further. The message is a sentence for people. */
public final class FramingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String expected;
    private final String found;

    FramingException(String what, long offset, String expected, String found) {
        super(what);
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    /** @param offset of the first byte that is over the maximum */
    static FramingException over(int maxFrameBytes, long offset, String expected) {
        return new FramingException(
                "frame over " + maxFrameBytes + " bytes at offset " + offset + ": expected " + expected,
                offset,
                expected,
                "more than " + maxFrameBytes + " bytes");
    }

    static FramingException unexpected(long offset, String expected, byte found) {
        String name = ByteName.of(found);
        return new FramingException(
                "unexpected byte at offset " + offset + ": expected " + expected + ", found " + name,
                offset,
                expected,
                name);
    }

    /** Where it went wrong: a position in this direction's stream, in bytes from its beginning, 0 is the first. */
    public long offset() {
        return offset;
    }

    /** In words, what should have come. */
    public String expected() {
        return expected;
    }

    /** In words, what came instead. */
    public String found() {
        return found;
    }
}
