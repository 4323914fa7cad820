package dev.switchboard.endpoint;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port as people write them: {@code 127.0.0.1:9001}, {@code meter.lab:502}, {@code [::1]:9001}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535
 */
public record Address(String host, int port) {

    /** @throws IllegalArgumentException with a message for people when the text is not {@code host:port} */
    public static Address parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' has no port: write host:port, such as 127.0.0.1:9001");
        }
        String host = trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has several colons: write an IPv6 address in brackets, such as [::1]:9001");
        }
        if (host.isEmpty() || !host.chars().allMatch(Address::hostCharacter)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no usable host: write host:port, such as 127.0.0.1:9001");
        }
        return new Address(host, port(text, trimmed.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("'" + text + "' has no usable port: a port is a number from 0 to 65535");
        }
        int port = Integer.parseInt(digits);
        if (port > 65_535) {
            throw new IllegalArgumentException("'" + text + "' asks for port " + port + ": ports go from 0 to 65535");
        }
        return port;
    }

    private static boolean hostCharacter(int c) {
        return c > ' ' && c < 127 && "/\\@?#[]\"'<>".indexOf(c) < 0;
    }

    /** Asks the resolver; may block. */
    InetSocketAddress resolve() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** For which a socket has to be opened to have that address: one of IPv4 has no business with IPv6. */
    static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@code host:port} with the numeric address; never asks the resolver. */
    static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return "?";
        }
        InetAddress ip = inet.getAddress();
        if (ip == null) {
            return inet.getHostString() + ":" + inet.getPort();
        }
        String host = ip.getHostAddress();
        return (ip instanceof Inet6Address ? "[" + shorten(host) + "]" : host) + ":" + inet.getPort();
    }

    /** The short form of RFC 5952 §4.2 for an address in the JDK's long one. */
    private static String shorten(String address) {
        int zone = address.indexOf('%');
        String ip = zone < 0 ? address : address.substring(0, zone);
        String[] groups = ip.split(":");
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int j = i;
            while (j < groups.length && groups[j].equals("0")) {
                j++;
            }
            if (j - i > bestLength) {
                bestStart = i;
                bestLength = j - i;
            }
        }
        if (bestStart < 0) {
            return address;
        }
        String head = String.join(":", Arrays.copyOfRange(groups, 0, bestStart));
        String tail = String.join(":", Arrays.copyOfRange(groups, bestStart + bestLength, groups.length));
        return head + "::" + tail + (zone < 0 ? "" : address.substring(zone));
    }
}
