package dev.switchboard.traffic;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.PublishSubscribeChannel;

@Configuration(proxyBeanMethods = false)
class TrafficConfiguration {

    /** Slots of the ring: with 64-byte payloads they fill about as soon as the default bound in bytes. */
    private static final int RECORDS = 1 << 18;

    @Bean
    Capture capture(TrafficProperties properties) {
        return new Capture(properties.maxBytes().toBytes(), RECORDS);
    }

    @Bean(TrafficChannels.INBOUND)
    PublishSubscribeChannel inboundTraffic() {
        PublishSubscribeChannel channel = new PublishSubscribeChannel();
        // A subscriber that throws is logged by the channel; the others still get the frame.
        channel.setIgnoreFailures(true);
        return channel;
    }

    @Bean(TrafficChannels.OUTBOUND)
    DirectChannel outboundTraffic() {
        DirectChannel channel = new DirectChannel();
        channel.setFailover(false);
        return channel;
    }
}
