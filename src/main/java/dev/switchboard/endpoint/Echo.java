package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.OnReceive;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Outgoing;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.GenericMessage;

/**
 * Sends each frame back to the peer it came from, on endpoints that say {@code onReceive: echo}. A subscriber like any
 * other; called on the loops.
 *
 * <p>A datagram from an echo of our own, the same one or another, is not sent back: it would go to and fro for ever.
 */
final class Echo implements MessageHandler {

    private final Endpoints endpoints;
    private final MessageChannel outbound;

    Echo(Endpoints endpoints, MessageChannel outbound) {
        this.endpoints = endpoints;
        this.outbound = outbound;
    }

    @Override
    public void handleMessage(Message<?> message) {
        Frame frame = (Frame) message.getPayload();
        ConnectionKey connection = frame.connection();
        if (endpoints.onReceive(connection.endpoint()) == OnReceive.ECHO && !endpoints.echoesDatagrams(connection)) {
            Outgoing answer = Outgoing.again(frame, Origin.RULE, Outgoing.Receipt.NONE);
            outbound.send(new GenericMessage<>(answer, message.getHeaders()));
        }
    }
}
