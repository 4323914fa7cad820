package dev.switchboard.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), on one port or on all: {@code 10.0.0.0/8},
 * {@code 192.168.1.7:22}, {@code fe80::/10}, {@code [fe80::]/10:80}.
 *
 * <p>Addresses are raw, 4 or 16 bytes; a range of one family holds none of the other.
 */
final class AddressRange {

    static final int ANY_PORT = -1;

    private static final String FORMS =
            "Write it like 10.0.0.0/8, 192.168.1.7:22, fe80::/10 or [fe80::]/10:80, without names";

    // A port needs the brackets or the prefix length before it: without either, the last group of an IPv6 address
    // would look like one.
    private static final Pattern IPV4 = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+)(?:/(\\d{1,3}))?(?::(\\d{1,5}))?");
    private static final Pattern IPV6 =
            Pattern.compile("([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3})(?::(\\d{1,5}))?)?");
    private static final Pattern IPV6_IN_BRACKETS =
            Pattern.compile("\\[([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)](?:/(\\d{1,3}))?(?::(\\d{1,5}))?");

    private final byte[] network;
    private final int prefixLength;
    private final int port;
    private final String text;

    private AddressRange(byte[] network, int prefixLength, int port, String text) {
        this.network = network;
        this.prefixLength = prefixLength;
        this.port = port;
        this.text = text;
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong and how it would be right */
    static AddressRange parse(String text) {
        String trimmed = text.trim();
        for (Pattern form : new Pattern[] {IPV4, IPV6, IPV6_IN_BRACKETS}) {
            Matcher parts = form.matcher(trimmed);
            if (parts.matches()) {
                return of(parts, trimmed);
            }
        }
        throw new IllegalArgumentException("\"%s\" is not a range of addresses. %s.".formatted(trimmed, FORMS));
    }

    private static AddressRange of(Matcher parts, String text) {
        byte[] address = address(parts.group(1), text);
        int bits = address.length * Byte.SIZE;
        int prefixLength = numberUpTo(bits, parts.group(2), bits, "prefix length", text);
        int port = numberUpTo(65_535, parts.group(3), ANY_PORT, "port", text);
        byte[] network = masked(address, prefixLength);
        if (!Arrays.equals(network, address)) {
            throw new IllegalArgumentException(
                    "\"%s\" has bits set beyond its prefix length. Write %s/%d, or %s/%d for the one address."
                            .formatted(text, literal(network), prefixLength, literal(address), bits));
        }
        return new AddressRange(network, prefixLength, port, text);
    }

    private static byte[] address(String literal, String text) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"%s\" is not a range of addresses. %s.".formatted(text, FORMS), e);
        }
        if (address instanceof Inet4Address && literal.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "\"%s\" is an IPv4 address in IPv6 notation. Write %s instead; it holds for both notations."
                            .formatted(text, address.getHostAddress()));
        }
        return address.getAddress();
    }

    private static int numberUpTo(int limit, @Nullable String digits, int otherwise, String what, String text) {
        if (digits == null) {
            return otherwise;
        }
        int number = Integer.parseInt(digits);
        if (number > limit) {
            throw new IllegalArgumentException(
                    "\"%s\" has the %s %d. It must be at most %d.".formatted(text, what, number, limit));
        }
        return number;
    }

    private static byte[] masked(byte[] address, int prefixLength) {
        byte[] network = new byte[address.length];
        int whole = prefixLength / Byte.SIZE;
        System.arraycopy(address, 0, network, 0, whole);
        if (whole < address.length) {
            network[whole] = (byte) (address[whole] & highBits(prefixLength % Byte.SIZE));
        }
        return network;
    }

    private static int highBits(int count) {
        return 0xff << (Byte.SIZE - count);
    }

    private static String literal(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    boolean contains(byte[] address, int atPort) {
        if (address.length != network.length || (port != ANY_PORT && port != atPort)) {
            return false;
        }
        int whole = prefixLength / Byte.SIZE;
        if (Arrays.mismatch(address, 0, whole, network, 0, whole) >= 0) {
            return false;
        }
        return whole == network.length
                || ((address[whole] ^ network[whole]) & highBits(prefixLength % Byte.SIZE) & 0xff) == 0;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
