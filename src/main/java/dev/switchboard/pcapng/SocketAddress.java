package dev.switchboard.pcapng;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * One end of a conversation.
 *
 * @param address numeric
 * @param port 0 to 65535
 */
public record SocketAddress(InetAddress address, int port) {

    private static final SocketAddress NOWHERE = new SocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);

    /**
     * Takes {@code host:port}, IPv6 as {@code [::1]:9001}. A zone ({@code %eth0}) is left out, for no packet carries
     * it; what is no address, or has none, is 0.0.0.0:0.
     */
    public static SocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return NOWHERE;
        }
        String host = text.substring(0, colon).replaceAll("[\\[\\]]|%.*?(?=]|$)", "");
        try {
            return new SocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(text, colon + 1, text.length(), 10));
        } catch (IllegalArgumentException e) {
            return NOWHERE;
        }
    }

    boolean v4() {
        return address instanceof Inet4Address;
    }

    /** Its 16 bytes as IPv6, an IPv4 address mapped (RFC 4291 section 2.5.5.2), but 0.0.0.0 as {@code ::}. */
    byte[] v6Bytes() {
        byte[] raw = address.getAddress();
        if (raw.length == 16) {
            return raw;
        }
        byte[] mapped = new byte[16];
        if (!address.isAnyLocalAddress()) {
            mapped[10] = mapped[11] = (byte) 0xFF;
            System.arraycopy(raw, 0, mapped, 12, 4);
        }
        return mapped;
    }
}
