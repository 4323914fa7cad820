package dev.switchboard.pcapng;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.pcapng.CaptureItem.CustomOption;
import dev.switchboard.pcapng.CaptureItem.Interface;
import dev.switchboard.pcapng.CaptureItem.PacketDirection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * pcapng: blocks, each with its length at both ends, in sections of either byte order (<a
 * href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">draft-ietf-opsawg-pcapng</a>, section 4). Blocks
 * and options it does not know are passed over.
 */
final class PcapngReader extends CaptureReader {

    /** The same in either byte order. */
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int CUSTOM = 0x0BAD;
    private static final int CUSTOM_NOT_TO_BE_COPIED = 0x4000_0BAD;

    private static final int END_OF_OPTIONS = 0;
    private static final int COMMENT = 1;
    private static final int IF_NAME = 2;
    private static final int EPB_FLAGS = 2;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;

    /** Type, length, and the length again. */
    private static final int FRAME = 12;

    /** A section with more is made up. */
    private static final int MAX_INTERFACES = 100_000;

    private record Known(Interface as, Ticks ticks) {}

    private final List<Known> interfaces = new ArrayList<>();
    private boolean little;
    private long lastAt;
    /** Where the block begins that is being read. */
    private long start;

    PcapngReader(CountedInput in) {
        super(in);
    }

    @Override
    public @Nullable CaptureItem next() throws IOException, DamagedCaptureException {
        CaptureItem item = null;
        while (item == null) {
            start = in.offset();
            byte[] head = in.upTo(8);
            if (head.length == 0) {
                return null;
            }
            if (head.length < 8) {
                throw CountedInput.torn(start, "a block's beginning", 8, head.length);
            }
            if (Bytes.int32(head, 0) == BlockWriter.SECTION_HEADER) {
                section(head);
            } else {
                item = item(Bytes.int32(head, 0, little), body(Bytes.int32(head, 4, little), 0));
            }
        }
        return item;
    }

    /** Section 4.1: only what comes after the length says in which byte order that was. */
    private void section(byte[] head) throws IOException, DamagedCaptureException {
        byte[] magic = in.exactly(4, "a section's header");
        if (Bytes.int32(magic, 0, false) == BYTE_ORDER_MAGIC) {
            little = false;
        } else if (Bytes.int32(magic, 0, true) == BYTE_ORDER_MAGIC) {
            little = true;
        } else {
            throw damaged(String.format("a section with the byte-order magic 0x%08X", Bytes.int32(magic, 0)));
        }
        byte[] rest = body(Bytes.int32(head, 4, little), magic.length);
        if (rest.length < 12) {
            throw damaged("a section's header that is too short");
        }
        int major = Bytes.uint16(rest, 0, little);
        if (major != 1) {
            throw damaged("a section of version " + major + " of the format; only 1 is known");
        }
        interfaces.clear();
    }

    /** What stands between the two lengths of a block, less the {@code taken} bytes of it that were read already. */
    private byte[] body(int length, int taken) throws IOException, DamagedCaptureException {
        if (length < FRAME + taken || length > MAX_BLOCK || length % 4 != 0) {
            throw damaged("a block of " + (length & 0xFFFF_FFFFL) + " bytes; it must be a multiple of 4, from " + FRAME
                    + " to " + MAX_BLOCK);
        }
        byte[] rest = in.exactly(length - 8 - taken, "a block");
        int again = Bytes.int32(rest, rest.length - 4, little);
        if (again != length) {
            throw damaged("a block of " + length + " bytes that ends saying it has " + (again & 0xFFFF_FFFFL));
        }
        return Arrays.copyOf(rest, rest.length - 4);
    }

    private @Nullable CaptureItem item(int type, byte[] body) throws DamagedCaptureException {
        return switch (type) {
            case BlockWriter.INTERFACE_DESCRIPTION -> describe(atLeast(8, body));
            case BlockWriter.ENHANCED_PACKET -> enhanced(atLeast(20, body));
            case OBSOLETE_PACKET -> obsolete(atLeast(20, body));
            case SIMPLE_PACKET -> simple(atLeast(4, body));
            case CUSTOM, CUSTOM_NOT_TO_BE_COPIED -> {
                atLeast(4, body);
                yield new CaptureItem.Custom(Bytes.uint32(body, 0, little), Arrays.copyOfRange(body, 4, body.length));
            }
            default -> null;
        };
    }

    private byte[] atLeast(int length, byte[] body) throws DamagedCaptureException {
        if (body.length < length) {
            throw damaged("a block that is too short for its type");
        }
        return body;
    }

    private Interface describe(byte[] body) throws DamagedCaptureException {
        if (interfaces.size() == MAX_INTERFACES) {
            throw damaged("a section with more than " + MAX_INTERFACES + " interfaces");
        }
        String name = null;
        int resolution = Ticks.MICROS;
        long offset = 0;
        Options options = new Options(body, 8);
        while (options.next()) {
            if (options.code == IF_NAME) {
                name = options.text();
            } else if (options.code == IF_TSRESOL && options.length >= 1) {
                resolution = Bytes.uint8(body, options.from);
            } else if (options.code == IF_TSOFFSET && options.length >= 8) {
                offset = Bytes.int64(body, options.from, little);
            }
        }
        Interface described = new Interface(
                interfaces.size(), Bytes.uint16(body, 0, little), name, Math.max(0, Bytes.int32(body, 4, little)));
        interfaces.add(new Known(described, new Ticks(resolution, offset)));
        return described;
    }

    /** Section 4.3. */
    private CaptureItem enhanced(byte[] body) throws DamagedCaptureException {
        return timed(body, Bytes.uint32(body, 0, little));
    }

    /** Appendix A: as an enhanced one, but the interface has 16 bits, ahead of a count of drops. */
    private CaptureItem obsolete(byte[] body) throws DamagedCaptureException {
        return timed(body, Bytes.uint16(body, 0, little));
    }

    private CaptureItem timed(byte[] body, long number) throws DamagedCaptureException {
        Known known = known(number);
        long ticks = Bytes.uint32(body, 4, little) << 32 | Bytes.uint32(body, 8, little);
        int kept = Bytes.int32(body, 12, little);
        if (kept < 0 || kept > body.length - 20) {
            throw damaged("a packet of " + (kept & 0xFFFF_FFFFL) + " bytes in a block that has room for "
                    + (body.length - 20));
        }
        int original = Math.max(kept, Bytes.int32(body, 16, little));
        byte[] data = Arrays.copyOfRange(body, 20, 20 + kept);
        lastAt = known.ticks.nanos(ticks);
        PacketDirection direction = null;
        String comment = null;
        List<CustomOption> custom = new ArrayList<>(0);
        Options options = new Options(body, Math.min(body.length, 20 + (kept + 3 & ~3)));
        while (options.next()) {
            switch (options.code) {
                case COMMENT -> comment = options.text();
                case EPB_FLAGS -> direction = options.length < 4 ? null : direction(body, options.from);
                case 2988, 2989, 19372, 19373 -> {
                    if (options.length >= 4) {
                        custom.add(new CustomOption(
                                options.code,
                                Bytes.uint32(body, options.from, little),
                                Arrays.copyOfRange(body, options.from + 4, options.from + options.length)));
                    }
                }
                default -> {}
            }
        }
        return new CaptureItem.Packet(known.as, lastAt, true, data, original, direction, comment, List.copyOf(custom));
    }

    private @Nullable PacketDirection direction(byte[] body, int at) {
        return switch (Bytes.int32(body, at, little) & 3) {
            case 1 -> PacketDirection.INBOUND;
            case 2 -> PacketDirection.OUTBOUND;
            default -> null;
        };
    }

    /** Section 4.4: on the first interface, without time and options, cut at the interface's snap length. */
    private CaptureItem simple(byte[] body) throws DamagedCaptureException {
        Known known = known(0);
        int original = Bytes.int32(body, 0, little);
        if (original < 0) {
            throw damaged("a packet of " + (original & 0xFFFF_FFFFL) + " bytes");
        }
        int snap = known.as.snapLength();
        int kept = Math.min(original, snap == 0 ? original : snap);
        if (kept > body.length - 4) {
            throw damaged("a packet of " + kept + " bytes in a block that has room for " + (body.length - 4));
        }
        byte[] data = Arrays.copyOfRange(body, 4, 4 + kept);
        return new CaptureItem.Packet(known.as, lastAt, false, data, original, null, null, List.of());
    }

    private Known known(long number) throws DamagedCaptureException {
        if (number >= interfaces.size()) {
            throw damaged("a packet of interface " + number + ", which the section does not describe");
        }
        return interfaces.get((int) number);
    }

    private DamagedCaptureException damaged(String what) {
        return new DamagedCaptureException(start, what);
    }

    /** Steps through the options of a block (section 3.5); ends where they can't be read. */
    private final class Options {

        private final byte[] body;
        private int nextAt;
        private int code;
        private int from;
        private int length;

        private Options(byte[] body, int from) {
            this.body = body;
            this.nextAt = from;
        }

        private boolean next() {
            if (nextAt + 4 > body.length) {
                return false;
            }
            code = Bytes.uint16(body, nextAt, little);
            length = Bytes.uint16(body, nextAt + 2, little);
            from = nextAt + 4;
            nextAt = from + (length + 3 & ~3);
            return code != END_OF_OPTIONS && from + length <= body.length;
        }

        private String text() {
            return new String(body, from, length, UTF_8);
        }
    }
}
