package dev.switchboard.traffic;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.integration.config.IntegrationManagementConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrafficProperties.class)
class TrafficConfiguration {

    /** Slots of the ring: with 64-byte payloads they fill about as soon as the default bound in bytes. */
    private static final int RECORDS = 1 << 18;

    /**
     * Takes the place of the one Spring Boot would make, so that channels and handlers are neither timed nor asked on
     * each message whether to log it: a timer took 0.5 µs a frame, more than all else that is done for one. What
     * crosses the sockets is counted by the endpoints.
     */
    @Bean(IntegrationManagementConfigurer.MANAGEMENT_CONFIGURER_NAME)
    static IntegrationManagementConfigurer integrationManagement() {
        IntegrationManagementConfigurer management = new IntegrationManagementConfigurer();
        management.setDefaultLoggingEnabled(false);
        return management;
    }

    @Bean
    Capture capture(TrafficProperties properties) {
        return new Capture(properties.maxBytes().toBytes(), RECORDS);
    }

    @Bean
    CaptureMetrics captureMetrics(Capture capture, TrafficProperties properties) {
        return new CaptureMetrics(capture, properties);
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
