package dev.switchboard.pcapng;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link CaptureReader} finds in a capture, in the order of the file. Immutable but for the arrays. */
public sealed interface CaptureItem {

    /**
     * Where packets were taken from; told before the first of them.
     *
     * @param id number within its section, from 0
     * @param linkType what a packet begins with, a number of the <a href="https://www.tcpdump.org/linktypes.html">list
     *     of link types</a>
     * @param name such as {@code eth0}; null if it was not written down
     * @param snapLength at most so many bytes of a packet were kept; 0 for no limit
     */
    record Interface(int id, int linkType, @Nullable String name, int snapLength) implements CaptureItem {}

    /**
     * One packet.
     *
     * @param at nanoseconds since the Unix epoch. A Simple Packet Block has no time: it gets that of the packet ahead
     * @param timed false if {@code at} is borrowed
     * @param data what was kept of the packet, from the link layer on; not copied
     * @param originalLength how long it was
     * @param direction as {@code epb_flags} has it; null if unknown
     * @param comment null if there is none
     * @param custom the custom options it carries
     */
    record Packet(
            Interface on,
            long at,
            boolean timed,
            byte[] data,
            int originalLength,
            @Nullable PacketDirection direction,
            @Nullable String comment,
            List<CustomOption> custom)
            implements CaptureItem {}

    /**
     * A Custom Block (section 4.7 of the draft).
     *
     * @param pen who it belongs to: an IANA Private Enterprise Number
     * @param data all that follows, filled up to a multiple of four; options, where there are any, included
     */
    record Custom(long pen, byte[] data) implements CaptureItem {}

    /** Which way a packet went, seen from the machine that captured. */
    enum PacketDirection {
        INBOUND,
        OUTBOUND
    }

    /**
     * A custom option (section 3.5.1 of the draft).
     *
     * @param code 2988, 2989, 19372 or 19373
     * @param pen who it belongs to
     */
    record CustomOption(int code, long pen, byte[] data) {}
}
