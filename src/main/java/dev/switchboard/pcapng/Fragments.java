package dev.switchboard.pcapng;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP datagrams together (RFC 791 section 3.2, RFC 8200 section 4.5). Holds {@value #MOST} of them at the most,
 * each of up to 64 KiB: the one that waited longest is given up for the next. Bytes that came twice are taken as they
 * came first. Used by one thread.
 */
final class Fragments {

    private static final int MOST = 64;
    private static final int MAX_LENGTH = 65_535;
    private static final int UNIT = 8;

    /** RFC 8200: after so long the rest will not come, and an identification may be used again. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Map<Key, Parts> parts = new LinkedHashMap<>();
    private long givenUp;

    /** What the fragments of one datagram have in common. */
    record Key(Dissector.Addresses addresses, int id, int protocol) {}

    private static final class Parts {

        private final long since;
        private byte[] bytes = new byte[0];
        private final BitSet units = new BitSet();
        /** Not known before the last one came. */
        private int length = -1;

        private Parts(long since) {
            this.since = since;
        }
    }

    long givenUp() {
        return givenUp;
    }

    int waiting() {
        return parts.size();
    }

    /**
     * Takes in {@code data[from, to)}.
     *
     * @param time nanoseconds
     * @param offset where it belongs in the datagram, a multiple of 8
     * @param more whether others come after it
     * @return the whole datagram if this was what was missing
     */
    byte @Nullable [] add(long time, Key key, byte[] data, int from, int to, int offset, boolean more) {
        int length = to - from;
        if (offset + length > MAX_LENGTH || (more && (length == 0 || length % UNIT != 0))) {
            return null;
        }
        Parts known = parts.get(key);
        if (known != null && Math.abs(time - known.since) > PATIENCE_NANOS) {
            parts.remove(key);
            givenUp++;
            known = null;
        }
        if (known == null) {
            makeRoom();
            known = new Parts(time);
            parts.put(key, known);
        }
        put(known, data, from, length, offset);
        if (!more && known.length < 0) {
            known.length = offset + length;
        }
        int needed = (known.length + UNIT - 1) / UNIT;
        if (known.length < 0 || known.units.nextClearBit(0) < needed) {
            return null;
        }
        parts.remove(key);
        return Arrays.copyOf(known.bytes, known.length);
    }

    private static void put(Parts into, byte[] data, int from, int length, int offset) {
        if (into.bytes.length < offset + length) {
            into.bytes = Arrays.copyOf(into.bytes, offset + length);
        }
        for (int done = 0; done < length; done += UNIT) {
            int unit = (offset + done) / UNIT;
            if (!into.units.get(unit)) {
                into.units.set(unit);
                System.arraycopy(data, from + done, into.bytes, offset + done, Math.min(UNIT, length - done));
            }
        }
    }

    private void makeRoom() {
        if (parts.size() == MOST) {
            Iterator<Parts> oldest = parts.values().iterator();
            oldest.next();
            oldest.remove();
            givenUp++;
        }
    }
}
