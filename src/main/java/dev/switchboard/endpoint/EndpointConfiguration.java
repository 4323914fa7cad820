package dev.switchboard.endpoint;

import dev.switchboard.access.Egress;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.EndpointNames;
import dev.switchboard.traffic.TrafficChannels;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(EndpointProperties.class)
@Import({EndpointController.class, ConnectionController.class, SendController.class, EndpointProblems.class})
class EndpointConfiguration {

    /** A turn takes milliseconds; one that takes longer than this will not end. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

    @Bean
    ConnectionRegistry connectionRegistry(Capture capture, EndpointProperties properties) {
        return new ConnectionRegistry(capture, properties.closedKept());
    }

    @Bean
    Flows endpointFlows(
            IntegrationFlowContext context, @Qualifier(TrafficChannels.OUTBOUND) SubscribableChannel outbound) {
        Flows flows = new Flows(context);
        outbound.subscribe(flows);
        return flows;
    }

    @Bean(destroyMethod = "close")
    Engine engine(
            Capture capture,
            ConnectionRegistry registry,
            Flows flows,
            Egress egress,
            ApplicationEventPublisher publisher,
            EndpointProperties properties) {
        return new Engine(
                new Loops(properties.loops(), capture),
                new Loop("switchboard-udp"),
                capture,
                registry,
                flows,
                egress,
                publisher,
                properties);
    }

    @Bean
    DefinitionFile definitionFile(EndpointProperties properties, JsonMapper json) {
        return new DefinitionFile(properties.dataDir(), json);
    }

    @Bean
    Endpoints endpoints(Engine engine, DefinitionFile file) {
        return new Endpoints(engine, file);
    }

    @Bean
    EndpointMetrics endpointMetrics(Endpoints endpoints, ConnectionRegistry registry, EndpointProperties properties) {
        return new EndpointMetrics(endpoints, registry, properties);
    }

    @Bean
    LoopsHealth loopsHealthIndicator(Engine engine) {
        return new LoopsHealth(new LoopPulse(engine.loops(), LONGEST_TURN));
    }

    @Bean
    DeclaredEndpointsHealth endpointsHealthContributor(Endpoints endpoints) {
        return new DeclaredEndpointsHealth(endpoints);
    }

    @Bean
    EndpointNames endpointNames(Endpoints endpoints) {
        return endpoints::taken;
    }

    @Bean
    EndpointsLifecycle endpointsLifecycle(
            Endpoints endpoints, DefinitionFile file, EndpointProperties properties, Engine engine) {
        return new EndpointsLifecycle(endpoints, file, properties, new SilentConnections(engine));
    }

    /** Subscribed first: an echo should not have to wait for who else is interested. */
    @Bean
    Echo echo(
            Endpoints endpoints,
            @Qualifier(TrafficChannels.INBOUND) SubscribableChannel inbound,
            @Qualifier(TrafficChannels.OUTBOUND) MessageChannel outbound) {
        Echo echo = new Echo(endpoints, outbound);
        inbound.subscribe(echo);
        return echo;
    }

    @Bean
    Replies replies(ConnectionRegistry registry, @Qualifier(TrafficChannels.INBOUND) SubscribableChannel inbound) {
        Replies replies = new Replies();
        registry.whenClosed(replies::ended);
        inbound.subscribe(replies);
        return replies;
    }

    @Bean
    FrameHandlers frameHandlers(
            @Qualifier(TrafficChannels.INBOUND) SubscribableChannel inbound,
            ConnectionRegistry registry,
            EndpointProperties properties) {
        return new FrameHandlers(inbound, registry, properties.maxQueued().toBytes());
    }

    @Bean
    Sender sender(
            Endpoints endpoints,
            ConnectionRegistry registry,
            @Qualifier(TrafficChannels.OUTBOUND) MessageChannel outbound,
            Replies replies,
            EndpointProperties properties) {
        return new Sender(endpoints, registry, outbound, replies, properties.sendTimeout());
    }

    @Bean
    Bridges bridges(
            ConnectionRegistry registry,
            Sender sender,
            JsonMapper json,
            @Qualifier(TrafficChannels.INBOUND) SubscribableChannel inbound) {
        Bridges bridges = new Bridges(registry, sender, json);
        inbound.subscribe(bridges);
        return bridges;
    }

    @Bean
    WebSocketConfigurer bridgeSockets(Bridges bridges) {
        // Whose page asks is found out by the room access. Spring's own check knows neither a proxy's scheme nor its
        // port.
        return sockets -> sockets.addHandler(bridges, Bridges.PATH)
                .addInterceptors(bridges)
                .setAllowedOrigins("*");
    }
}
