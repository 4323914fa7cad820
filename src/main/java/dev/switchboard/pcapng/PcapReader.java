package dev.switchboard.pcapng;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Classic pcap: a header of 24 bytes, then packets with 16 bytes ahead of each. */
final class PcapReader extends CaptureReader {

    private static final int MICROS = 0xA1B2C3D4;
    private static final int NANOS = 0xA1B23C4D;
    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 16;

    /** The lower bits; those above may say how long the frame check sequence is. */
    private static final int LINK_TYPE = 0x0FFF_FFFF;

    private boolean little;
    private int nanosPerTick;
    private CaptureItem.@Nullable Interface on;

    PcapReader(CountedInput in) {
        super(in);
    }

    /** @param magic the first four bytes of a file, in network byte order */
    static boolean knows(int magic) {
        int swapped = Integer.reverseBytes(magic);
        return magic == MICROS || magic == NANOS || swapped == MICROS || swapped == NANOS;
    }

    @Override
    public @Nullable CaptureItem next() throws IOException, DamagedCaptureException {
        CaptureItem.Interface from = on;
        if (from == null) {
            on = header();
            return on;
        }
        return packet(from);
    }

    private CaptureItem.Interface header() throws IOException, DamagedCaptureException {
        byte[] header = in.exactly(HEADER, "the file's header");
        int magic = Bytes.int32(header, 0);
        little = magic != MICROS && magic != NANOS;
        nanosPerTick = (little ? Integer.reverseBytes(magic) : magic) == NANOS ? 1 : 1000;
        return new CaptureItem.Interface(
                0,
                Bytes.int32(header, 20, little) & LINK_TYPE & 0xFFFF,
                null,
                Math.max(0, Bytes.int32(header, 16, little)));
    }

    private CaptureItem.@Nullable Packet packet(CaptureItem.Interface from)
            throws IOException, DamagedCaptureException {
        long start = in.offset();
        byte[] header = in.upTo(RECORD_HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < RECORD_HEADER) {
            throw CountedInput.torn(start, "a packet's header", RECORD_HEADER, header.length);
        }
        int kept = Bytes.int32(header, 8, little);
        if (kept < 0 || kept > MAX_BLOCK) {
            throw new DamagedCaptureException(
                    start,
                    "a packet of " + (kept & 0xFFFF_FFFFL) + " bytes; more than " + MAX_BLOCK + " can't be true");
        }
        long at =
                Bytes.uint32(header, 0, little) * 1_000_000_000 + Bytes.uint32(header, 4, little) * (long) nanosPerTick;
        byte[] data = in.exactly(kept, "a packet");
        int original = Bytes.int32(header, 12, little);
        return new CaptureItem.Packet(from, at, true, data, Math.max(kept, original), null, null, List.of());
    }
}
