package dev.switchboard.framing;

import java.util.Arrays;

/** The bytes that end a frame, ready to be searched for. Immutable. */
final class Terminator {

    static final Terminator LF = new Terminator("a line feed (0x0A)", new byte[] {'\n'});
    static final Terminator CRLF =
            new Terminator("a carriage return and a line feed (0x0D 0x0A)", new byte[] {'\r', '\n'});
    static final Terminator NUL = new Terminator("a zero byte (0x00)", new byte[] {0});

    final String name;
    final byte[] bytes;

    /**
     * The table of Knuth, Morris and Pratt: if the first {@code i + 1} bytes have matched and the next does not, the
     * first {@code shorter[i]} bytes still match.
     */
    final int[] shorter;

    /** @param bytes at least one; not copied */
    Terminator(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.shorter = new int[bytes.length];
        int matched = 0;
        for (int i = 1; i < bytes.length; i++) {
            matched = advance(matched, bytes[i]);
            shorter[i] = matched;
        }
    }

    /** How many bytes match after {@code next}, when {@code matched} (not all) did before it. */
    int advance(int matched, byte next) {
        int kept = matched;
        while (kept > 0 && bytes[kept] != next) {
            kept = shorter[kept - 1];
        }
        return bytes[kept] == next ? kept + 1 : 0;
    }

    Decoder decoder(int maxFrameBytes) {
        return new TerminatedDecoder(this, maxFrameBytes);
    }

    Framed frame(byte[] payload) throws UnframeableException {
        byte[] wire = Arrays.copyOf(payload, payload.length + bytes.length);
        System.arraycopy(bytes, 0, wire, payload.length, bytes.length);
        Framed framed = new Framed(wire, 0, bytes.length);
        int end = firstEnd(wire);
        if (end <= payload.length) {
            throw new UnframeableException("payload has " + name + " at offset " + (end - bytes.length)
                    + ", where the frame would end: send its parts one by one, or use length framing, which can carry "
                    + "every byte");
        }
        if (end < framed.wire().length) {
            throw new UnframeableException("the last bytes of the payload run together with " + name
                    + ", so the frame would end after " + (end - bytes.length) + " of " + payload.length
                    + " bytes: use length framing, which can carry every byte");
        }
        return framed;
    }

    /** The index just past the first occurrence; {@code wire} ends with one, so there always is. */
    private int firstEnd(byte[] wire) {
        int matched = 0;
        int i = 0;
        while (matched < bytes.length) {
            if (matched == 0) {
                i = ByteScan.indexOf(wire, i, wire.length, bytes[0]);
            }
            matched = advance(matched, wire[i++]);
        }
        return i;
    }
}
