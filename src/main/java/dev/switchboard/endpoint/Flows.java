package dev.switchboard.endpoint;

import dev.switchboard.traffic.TrafficChannels;
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
        IntegrationFlow in = IntegrationFlow.from(inbound)
                .channel(TrafficChannels.INBOUND)
                .get();
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

    /** Passes a message on to the endpoint it is for. */
    @Override
    public void handleMessage(Message<?> message) {
        String endpoint = message.getHeaders().get(SharedHeaders.ENDPOINT, String.class);
        MessageHandler handler = endpoint == null ? null : outbound.get(endpoint);
        if (handler == null) {
            throw new MessagingException(message, "there is no running endpoint '" + endpoint + "' to send through");
        }
        handler.handleMessage(message);
    }

    private static String in(String endpoint) {
        return "endpoint." + endpoint + ".in";
    }

    private static String out(String endpoint) {
        return "endpoint." + endpoint + ".out";
    }
}
