package dev.switchboard.access;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Egress} by lists of ranges: our own HTTP port first, then what is denied, then what is allowed. What holds an
 * IPv4 address is denied with that; but allowed only as itself, for where a gateway sends it nobody here can know.
 */
final class EgressRules implements Egress {

    private static final InetAddress LOOPBACK_4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");

    private final List<AddressRange> denied;
    private final List<AddressRange> allowed;
    private final String whyDenied;
    private final OwnHttpPorts ownPorts;

    EgressRules(EgressProperties properties, OwnHttpPorts ownPorts) {
        this.denied = properties.denied();
        this.allowed = properties.allowed();
        this.whyDenied = properties.deniesByDefault()
                ? "which is denied unless " + EgressProperties.DENY
                        + " says otherwise. To reach it, set that property to what shall be denied instead."
                : "which " + EgressProperties.DENY + " denies. To reach it, take that range out of the property.";
        this.ownPorts = ownPorts;
    }

    @Override
    public Optional<String> refusal(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host == null) {
            throw new IllegalArgumentException("Not resolved: " + address);
        }
        InetAddress reached = reached(host);
        byte[] raw = reached.getAddress();
        List<byte[]> embedded = EmbeddedAddresses.of(raw);
        int port = address.getPort();
        if (ownPorts.include(reached, port)
                || embedded.stream().anyMatch(inside -> ownPorts.include(address(inside), port))) {
            return Optional.of(("%s is the HTTP port of this Switchboard, where its own sockets may not go."
                            + " Use the API directly, or choose another port.")
                    .formatted(text(address)));
        }
        AddressRange denying = holding(denied, raw, port);
        if (denying != null) {
            return Optional.of("%s is in %s, %s".formatted(text(address), denying, whyDenied));
        }
        for (byte[] inside : embedded) {
            denying = holding(denied, inside, port);
            if (denying != null) {
                return Optional.of("%s may lead to %s, which is in %s, %s"
                        .formatted(text(address), address(inside).getHostAddress(), denying, whyDenied));
            }
        }
        if (!allowed.isEmpty() && holding(allowed, raw, port) == null) {
            return Optional.of("%s is not among what %s allows (%s). To reach it, add it there."
                    .formatted(text(address), EgressProperties.ALLOW, join(allowed)));
        }
        return Optional.empty();
    }

    private static @Nullable AddressRange holding(List<AddressRange> ranges, byte[] address, int port) {
        for (AddressRange range : ranges) {
            if (range.contains(address, port)) {
                return range;
            }
        }
        return null;
    }

    /**
     * Where a packet to the address arrives: the kernel takes the unspecified address for loopback, and an IPv4-mapped
     * one (RFC 4291 section 2.5.5.2) for the IPv4 address in it.
     */
    private static InetAddress reached(InetAddress host) {
        InetAddress unmapped = host instanceof Inet6Address ? unmapped(host) : host;
        if (!unmapped.isAnyLocalAddress()) {
            return unmapped;
        }
        return unmapped instanceof Inet4Address ? LOOPBACK_4 : LOOPBACK_6;
    }

    private static InetAddress unmapped(InetAddress host) {
        InetAddress plain = address(host.getAddress());
        return plain instanceof Inet4Address ? plain : host;
    }

    private static InetAddress address(byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new AssertionError("the bytes of an address are an address", e);
        }
    }

    private static String text(InetSocketAddress address) {
        String literal = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet4Address ? literal : "[" + literal + "]") + ":" + address.getPort();
    }

    private static String join(List<AddressRange> ranges) {
        return String.join(", ", ranges.stream().map(AddressRange::toString).toList());
    }
}
