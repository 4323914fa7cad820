package dev.switchboard.pcapng;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Writes blocks of pcapng (draft-ietf-opsawg-pcapng) one after the other into a buffer that grows, little-endian, with
 * times in nanoseconds.
 *
 * <pre>
 *   ┌──────┬────────┬──────┬─────────┬────────┐
 *   │ type │ length │ body │ options │ length │   a block; its length stands at both ends, so that a torn one is known
 *   └──────┴────────┴──────┴─────────┴────────┘
 * </pre>
 *
 * <p>A block that takes options is begun, given its options, and ended with {@link #endBlock()}; nothing checks the
 * order of calls. Used by one thread.
 */
public final class BlockWriter {

    /** The longest block that Wireshark reads. */
    public static final int MAX_BLOCK = 16 << 20;

    /** The longest value of an option. */
    public static final int MAX_OPTION = 65_535;

    /** From here on types of blocks are for local use (section 10.1), and readers pass over those they don't know. */
    public static final int LOCAL_BLOCKS = 0x8000_0000;

    /** From here on codes of options are for local use (section 3.5). */
    public static final int LOCAL_OPTIONS = 0x8000;

    /** The type of the block that begins a section; the same in either byte order. */
    public static final int SECTION_HEADER = 0x0A0D0D0A;

    public static final int INTERFACE_DESCRIPTION = 1;
    public static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int END_OF_OPTIONS = 0;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final int EPB_FLAGS = 2;
    private static final int EPB_PACKETID = 5;

    private ByteBuffer bytes;

    private int size;
    private int blockStart;
    private boolean hasOptions;
    private final PayloadSum payloads = new PayloadSum();

    /** @param capacity how many bytes to have room for to begin with */
    public BlockWriter(int capacity) {
        this(ByteBuffer.allocate(Math.max(capacity, 256)));
    }

    private BlockWriter(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * One with its bytes outside of the heap: what goes from there to a file is not copied once more on its way. For
     * who keeps it for long.
     */
    public static BlockWriter forFiles(int capacity) {
        return new BlockWriter(ByteBuffer.allocateDirect(capacity));
    }

    /** Begins a section: what a file starts with. */
    public void sectionHeader(String application) {
        begin(SECTION_HEADER, 64 + 3 * application.length());
        putInt(BYTE_ORDER_MAGIC);
        putShort(1);
        putShort(0);
        putLong(-1);
        option(SHB_USERAPPL, application);
        endBlock();
    }

    /**
     * Describes the next interface of the section; the first is number 0.
     *
     * @param linkType of its packets, see {@link LinkType}
     */
    public void interfaceDescription(int linkType, String name) {
        begin(INTERFACE_DESCRIPTION, 64 + 3 * name.length());
        putShort(linkType);
        putShort(0);
        putInt(0);
        option(IF_NAME, name);
        optionHeader(IF_TSRESOL, 1);
        putInt(9);
        endBlock();
    }

    /**
     * Begins a packet. What follows are exactly {@code length} bytes of it ({@link #put}), {@link #align()}, options,
     * {@link #endBlock()}.
     *
     * @param at nanoseconds since the Unix epoch
     */
    public void beginPacket(int interfaceId, long at, int length) {
        begin(ENHANCED_PACKET, length + 64);
        putInt(interfaceId);
        putInt((int) (at >>> 32));
        putInt((int) at);
        putInt(length);
        putInt(length);
    }

    /** Says of the packet which way it went. */
    public void direction(boolean inbound) {
        optionHeader(EPB_FLAGS, 4);
        putInt(inbound ? 1 : 2);
    }

    /** Gives the packet its number. */
    public void packetId(long id) {
        optionHeader(EPB_PACKETID, 8);
        putLong(id);
    }

    /**
     * Adds data of our own to the packet.
     *
     * @param code one of {@link #LOCAL_OPTIONS}
     * @param to at most {@link #MAX_OPTION} after {@code from}
     */
    public void localOption(int code, byte[] data, int from, int to) {
        optionHeader(code, to - from);
        put(data, from, to);
        align();
    }

    /**
     * Begins a block of our own: what follows are bytes, {@link #align()} and {@link #endBlock()}.
     *
     * @param type one of {@link #LOCAL_BLOCKS}
     */
    public void beginLocal(int type, int length) {
        begin(type, length + 16);
    }

    /** Ends the block that was begun. */
    public void endBlock() {
        room(8);
        int total = size + 4 - blockStart;
        if (hasOptions) {
            putInt(END_OF_OPTIONS);
            total += 4;
            hasOptions = false;
        }
        bytes.putInt(blockStart + 4, total);
        putInt(total);
    }

    private void begin(int type, int atLeast) {
        room(atLeast + 16);
        blockStart = size;
        putInt(type);
        putInt(0);
    }

    private void option(int code, String text) {
        byte[] value = text.getBytes(UTF_8);
        optionHeader(code, value.length);
        put(value, 0, value.length);
        align();
    }

    private void optionHeader(int code, int length) {
        room(8 + length + 8);
        hasOptions = true;
        putShort(code);
        putShort(length);
    }

    /** Adds bytes to what was begun. */
    public void put(byte[] array, int from, int to) {
        room(to - from);
        bytes.put(size, array, from, to - from);
        size += to - from;
    }

    /** Fills up to the next multiple of four bytes with zeros, as every block and option ends. */
    public void align() {
        room(4);
        while ((size & 3) != 0) {
            bytes.put(size++, (byte) 0);
        }
    }

    private void putShort(int value) {
        bytes.putShort(size, (short) value);
        size += 2;
    }

    private void putInt(int value) {
        bytes.putInt(size, value);
        size += 4;
    }

    private void putLong(long value) {
        bytes.putLong(size, value);
        size += 8;
    }

    private void room(int more) {
        if (size + more > bytes.capacity()) {
            int capacity = Math.max(size + more, bytes.capacity() * 2);
            ByteBuffer larger = bytes.isDirect() ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
            larger.put(0, bytes, 0, size);
            bytes = larger.order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    PayloadSum payloads() {
        return payloads;
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Writes all of it, and is empty afterwards, or as it was when that failed. */
    public void drainTo(WritableByteChannel channel) throws IOException {
        ByteBuffer buffer = bytes.slice(0, size);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        payloads.forget();
        size = 0;
    }

    /** Forgets all of it. */
    public void clear() {
        size = 0;
        hasOptions = false;
    }
}
