package dev.switchboard.endpoint;

import dev.switchboard.traffic.Outgoing;
import dev.switchboard.traffic.TrafficChannels;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessagingException;

/**
 * Spring Integration flows, two an endpoint, made and removed while the process runs: what an inbound adapter receives
 * goes to the one inbound channel, and what is on the one outbound channel goes to the adapter of the endpoint that its
 * headers name.
 *
 * <pre>
 *   inbound adapter ──► inboundTraffic          outboundTraffic ──► this ──► outbound adapter
 * </pre>
 *
 * <p>Any thread, but an endpoint is registered and removed by one at a time.
 */
final class Flows implements MessageHandler {

    private final IntegrationFlowContext context;
    private final Map<String, MessageHandler> outbound = new ConcurrentHashMap<>();

    Flows(IntegrationFlowContext context) {
        this.context = context;
    }

    void register(
            String endpoint,
            MessageProducerSupport inbound,
            AbstractMessageHandler handler,
            @Nullable AbstractConnectionFactory factory) {
        // Named here, the channel is the adapter's own; behind .channel() it would stand behind another and a bridge.
        inbound.setOutputChannelName(TrafficChannels.INBOUND);
        IntegrationFlow in = IntegrationFlow.from(inbound).get();
        IntegrationFlow out = flow -> flow.handle(handler);
        var registration = context.registration(out).id(out(endpoint));
        if (factory != null) {
            registration.addBean(endpoint + ".connections", factory);
        }
        registration.register();
        outbound.put(endpoint, handler);
        context.registration(in).id(in(endpoint)).register();
    }

    void remove(String endpoint) {
        outbound.remove(endpoint);
        if (context.getRegistrationById(in(endpoint)) != null) {
            context.remove(in(endpoint));
        }
        if (context.getRegistrationById(out(endpoint)) != null) {
            context.remove(out(endpoint));
        }
    }

    /** Passes a message on to the endpoint it is for; if it can't be sent there, the receipt is told. */
    @Override
    public void handleMessage(Message<?> message) {
        String endpoint = message.getHeaders().get(SharedHeaders.ENDPOINT, String.class);
        MessageHandler handler = endpoint == null ? null : outbound.get(endpoint);
        if (handler == null) {
            refuse(message, new IOException("there is no running endpoint '" + endpoint + "' to send through"));
            return;
        }
        try {
            handler.handleMessage(message);
        } catch (MessagingException e) {
            // A connection that has the message throws nothing, so the receipt was not told anything yet.
            refuse(message, new IOException("the connection it was meant for has ended", e));
        }
    }

    private static void refuse(Message<?> message, IOException reason) {
        if (message.getPayload() instanceof Outgoing outgoing) {
            outgoing.receipt().failed(reason);
        } else {
            throw new MessagingException(message, reason);
        }
    }

    private static String in(String endpoint) {
        return "endpoint." + endpoint + ".in";
    }

    private static String out(String endpoint) {
        return "endpoint." + endpoint + ".out";
    }
}
