package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds where a file of the log can be read again behind what is damaged: at the next block that is whole, has a type
 * we write, and is followed by another or by the end.
 */
final class BlockSearch {

    private static final int SMALLEST = 12;

    private BlockSearch() {}

    /** What is searched. */
    interface Words {

        /** The four bytes from there on as a number, little-endian. */
        int at(long place);
    }

    /** Of an array. */
    static Words in(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return place -> buffer.getInt((int) place);
    }

    /** Place of the next such block in {@code [from, to)}, or -1. Blocks begin at multiples of four. */
    static long next(Words words, long from, long to) {
        for (long place = from; to - place >= SMALLEST; place += 4) {
            if (whole(words, place, to)) {
                long behind = place + words.at(place + 4);
                if (behind == to || whole(words, behind, to)) {
                    return place;
                }
            }
        }
        return -1;
    }

    /**
     * Where to go on behind a block that is damaged, or -1: behind its end, if the length that stands there leads back
     * to where it begins, and else at the next block.
     */
    static long behind(Words words, long place, long to) {
        long end = end(words, place, to);
        return end >= 0 ? end : next(words, place + 4, to);
    }

    /** Where a block ends of which only the length at its end can be believed; -1 if there is none. */
    static long end(Words words, long place, long to) {
        long last = Math.min(to, place + LogBlock.LARGEST);
        for (long end = place + SMALLEST; end <= last; end += 4) {
            if (words.at(end - 4) == end - place && (end == to || whole(words, end, to))) {
                return end;
            }
        }
        return -1;
    }

    /** Whether a whole block of ours begins there. */
    static boolean whole(Words words, long place, long to) {
        if (to - place < SMALLEST || !ours(words.at(place))) {
            return false;
        }
        int length = words.at(place + 4);
        return possible(length) && length <= to - place && words.at(place + length - 4) == length;
    }

    /** Whether we write blocks of that type. */
    static boolean ours(int type) {
        return type == LogFormat.BLOCK
                || type == BlockWriter.ENHANCED_PACKET
                || type == BlockWriter.INTERFACE_DESCRIPTION
                || type == BlockWriter.SECTION_HEADER;
    }

    /** Whether a block can be so long. */
    static boolean possible(int length) {
        return length >= SMALLEST && length % 4 == 0 && length <= LogBlock.LARGEST;
    }
}
