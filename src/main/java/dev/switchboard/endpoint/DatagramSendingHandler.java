package dev.switchboard.endpoint;

import dev.switchboard.traffic.Outgoing;
import java.io.IOException;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;

/** Sends messages as datagrams from the very socket that receives, to the peer that their headers name. */
final class DatagramSendingHandler extends AbstractMessageHandler {

    private final ConnectionRegistry registry;

    DatagramSendingHandler(ConnectionRegistry registry) {
        this.registry = registry;
    }

    @Override
    protected void handleMessageInternal(Message<?> message) {
        Outgoing outgoing = (Outgoing) message.getPayload();
        String id = message.getHeaders().get(IpHeaders.CONNECTION_ID, String.class);
        OpenConnection found = id == null ? null : registry.open(id).orElse(null);
        if (found instanceof DatagramPeer peer) {
            peer.socket().send(peer, outgoing);
        } else {
            outgoing.receipt().failed(new IOException("peer " + id + " is not known any more"));
        }
    }

    @Override
    public String getComponentType() {
        return "ip:udp-outbound-channel-adapter";
    }
}
