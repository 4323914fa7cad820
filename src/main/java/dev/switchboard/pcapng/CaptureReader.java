package dev.switchboard.pcapng;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture from beginning to end, holding one packet at a time: pcapng (<a
 * href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>) or classic pcap (<a
 * href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/">draft-ietf-opsawg-pcap</a>) in micro- or nanoseconds,
 * in either byte order. No block may be larger than {@value #MAX_BLOCK} bytes.
 *
 * <p>Whatever is in the stream, it ends, or throws {@link DamagedCaptureException}, after which nothing more can be
 * read; what was read before stands. Used by one thread.
 */
public abstract sealed class CaptureReader permits PcapngReader, PcapReader {

    /** Bytes that a block may have at the most. */
    public static final int MAX_BLOCK = 16 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_BYTES = 4;

    final CountedInput in;

    CaptureReader(CountedInput in) {
        this.in = in;
    }

    /**
     * Finds out what it is by its first bytes.
     *
     * @param stream need not be buffered; closing it is the caller's part
     * @throws DamagedCaptureException if it is none of them
     */
    public static CaptureReader open(InputStream stream) throws IOException, DamagedCaptureException {
        InputStream buffered = stream.markSupported() ? stream : new BufferedInputStream(stream, BUFFER);
        byte[] magic = peek(buffered);
        CountedInput in = new CountedInput(buffered);
        if (magic.length < MAGIC_BYTES) {
            throw new DamagedCaptureException(
                    0, magic.length == 0 ? "there is nothing" : "there are " + magic.length + " bytes, no capture");
        }
        int number = Bytes.int32(magic, 0, false);
        if (number == BlockWriter.SECTION_HEADER) {
            return new PcapngReader(in);
        }
        if (PcapReader.knows(number)) {
            return new PcapReader(in);
        }
        throw new DamagedCaptureException(
                0, String.format("this is neither pcapng nor pcap: such a file does not begin with 0x%08X", number));
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(MAGIC_BYTES);
        byte[] magic = in.readNBytes(MAGIC_BYTES);
        in.reset();
        return magic;
    }

    /** The next thing there is; null at the end. */
    public abstract @Nullable CaptureItem next() throws IOException, DamagedCaptureException;

    /** How many bytes were read. */
    public final long offset() {
        return in.offset();
    }
}
