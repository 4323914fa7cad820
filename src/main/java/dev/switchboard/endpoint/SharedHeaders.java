package dev.switchboard.endpoint;

import dev.switchboard.traffic.ConnectionKey;
import java.util.Map;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.MessageHeaders;

/**
 * The headers of all messages of one connection, made once. They have neither id nor timestamp: those cost more than
 * all else a message does, and the frame has its own.
 */
final class SharedHeaders extends MessageHeaders {

    private static final long serialVersionUID = 1L;

    private SharedHeaders(Map<String, Object> headers) {
        super(headers, ID_VALUE_NONE, -1L);
    }

    static MessageHeaders of(ConnectionKey key) {
        int colon = key.remote().lastIndexOf(':');
        return new SharedHeaders(Map.of(
                IpHeaders.CONNECTION_ID,
                key.id(),
                IpHeaders.IP_ADDRESS,
                key.remote().substring(0, colon),
                IpHeaders.REMOTE_PORT,
                Integer.parseInt(key.remote().substring(colon + 1)),
                ENDPOINT,
                key.endpoint()));
    }

    /** Name of the endpoint a connection belongs to. */
    static final String ENDPOINT = "switchboard_endpoint";
}
