package dev.switchboard.endpoint;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.messaging.Message;

/**
 * Brings datagrams to a message channel, on the thread that received them: the stock adapter hands them to four threads
 * and an unbounded queue, which loses their order.
 */
final class DatagramInboundAdapter extends MessageProducerSupport {

    private static final Logger log = LoggerFactory.getLogger(DatagramInboundAdapter.class);

    private final Runnable listen;

    /** @param listen begins to receive; called when Spring Integration starts the adapter */
    DatagramInboundAdapter(Runnable listen) {
        this.listen = listen;
    }

    @Override
    protected void doStart() {
        super.doStart();
        listen.run();
    }

    void received(Message<?> message) {
        try {
            sendMessage(message);
        } catch (RuntimeException e) {
            log.warn("whoever was given a datagram failed on it", e);
        }
    }

    @Override
    public String getComponentType() {
        return "ip:udp-inbound-channel-adapter";
    }
}
