package dev.switchboard.pcapng;

import java.io.IOException;
import java.io.InputStream;

/** Reads whole pieces and knows where it is. Used by one thread. */
final class CountedInput {

    private final InputStream in;
    private long offset;

    CountedInput(InputStream in) {
        this.in = in;
    }

    long offset() {
        return offset;
    }

    /** Up to {@code length} bytes: fewer, possibly none, only where the stream ends. */
    byte[] upTo(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        offset += bytes.length;
        return bytes;
    }

    /** @param what is being read, in words */
    byte[] exactly(int length, String what) throws IOException, DamagedCaptureException {
        long at = offset;
        byte[] bytes = upTo(length);
        if (bytes.length < length) {
            throw torn(at, what, length, bytes.length);
        }
        return bytes;
    }

    static DamagedCaptureException torn(long at, String what, int wanted, int found) {
        return new DamagedCaptureException(
                at, "it breaks off: of " + wanted + " bytes of " + what + " there are " + found);
    }
}
