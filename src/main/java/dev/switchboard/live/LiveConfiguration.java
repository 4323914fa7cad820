package dev.switchboard.live;

import dev.switchboard.history.History;
import dev.switchboard.traffic.Capture;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(LiveProperties.class)
@Import(StreamController.class)
class LiveConfiguration {

    static final String CLIENTS = "liveClients";
    static final String STREAMS = "liveStreams";

    @Bean(CLIENTS)
    Readers liveClients(LiveProperties properties) {
        return new Readers(properties.maxClients());
    }

    @Bean(STREAMS)
    Readers liveStreams(LiveProperties properties) {
        return new Readers(properties.maxStreams());
    }

    @Bean
    LiveMetrics liveMetrics(@Qualifier(CLIENTS) Readers clients, @Qualifier(STREAMS) Readers streams) {
        return new LiveMetrics(clients, streams);
    }

    @Bean
    WebSocketConfigurer liveSocketConfigurer(
            Capture capture, History history, JsonMapper mapper, @Qualifier(CLIENTS) Readers clients) {
        LiveSocket socket = new LiveSocket(capture, history, mapper, clients);
        // Whose page asks is found out by the room access. Spring's own check knows neither a proxy's scheme nor its
        // port.
        return registry -> registry.addHandler(socket, "/ws/live").setAllowedOrigins("*");
    }
}
