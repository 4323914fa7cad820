package dev.switchboard.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The address at which the web server listens: {@code server.address}.
 *
 * @param host as it stands in a URL
 */
record BindAddress(String host, boolean loopback, boolean wildcard) {

    /** @param configured a name or an IP address; without one the server listens on all addresses */
    static BindAddress of(@Nullable String configured) {
        if (configured == null || configured.isBlank()) {
            return new BindAddress("localhost", false, true);
        }
        String text = configured.trim();
        InetAddress address = resolved(text);
        if (address.isAnyLocalAddress()) {
            return new BindAddress("localhost", false, true);
        }
        String host = text.contains(":") && !text.startsWith("[") ? "[" + text + "]" : text;
        return new BindAddress(host, address.isLoopbackAddress(), false);
    }

    private static InetAddress resolved(String configured) {
        try {
            return InetAddress.getByName(configured);
        } catch (UnknownHostException e) {
            // Without a cause, for a start that fails shows the message of the first cause only.
            throw new IllegalArgumentException(
                    "server.address: \"%s\" can't be resolved. Use an address of this machine, such as 127.0.0.1."
                            .formatted(configured));
        }
    }
}
