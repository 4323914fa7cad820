package dev.switchboard.pcapng;

/** What a packet turned out to be. */
public sealed interface Dissected {

    /**
     * A TCP segment (RFC 9293, section 3.1). Its payload is {@code array[from, to)}.
     *
     * @param seq number of the first payload byte or, with {@code syn}, of the SYN
     * @param ack means something only with {@code acks}
     * @param length of the payload on the wire; more than {@code to - from} if the capture cut the packet
     */
    record TcpSegment(
            Place source,
            Place destination,
            int seq,
            int ack,
            boolean acks,
            boolean syn,
            boolean fin,
            boolean rst,
            byte[] array,
            int from,
            int to,
            int length)
            implements Dissected {

        /** Whether the capture has less of it than there was. */
        public boolean truncated() {
            return length > to - from;
        }
    }

    /**
     * A UDP datagram (RFC 768). Its payload is {@code array[from, to)}.
     *
     * @param length of the payload on the wire; more than {@code to - from} if the capture cut the packet
     */
    record UdpDatagram(Place source, Place destination, byte[] array, int from, int to, int length)
            implements Dissected {

        /** Whether the capture has less of it than there was. */
        public boolean truncated() {
            return length > to - from;
        }
    }

    /** What is neither, and why. */
    enum Other implements Dissected {
        /** A fragment of a datagram of which others are still missing. */
        FRAGMENT,
        /** ARP, or whatever else there is on a wire. */
        NOT_IP,
        /** ICMP, SCTP and so on. */
        NEITHER_TCP_NOR_UDP,
        /** A link layer that is not read here. */
        UNKNOWN_LINK,
        /** Cut before the payload begins, or made up. */
        UNREADABLE
    }
}
