package dev.switchboard.access;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where this process's own sockets may connect and send. Whoever can reach the API can make it open sockets, so this is
 * what keeps it from being used to reach what only this machine can: its own HTTP port, or a cloud's metadata service.
 *
 * <p>To be asked with every address before a connect, and with every new destination of a datagram, after the name was
 * resolved: a name may resolve differently each time. Safe for use by many threads; does not block and makes no lookups
 * of names.
 */
public interface Egress {

    /**
     * Why the address may not be reached.
     *
     * @param address a resolved address
     * @return a sentence for people that names the way out, or empty when the address may be reached
     * @throws IllegalArgumentException when the address is not resolved
     */
    Optional<String> refusal(InetSocketAddress address);
}
