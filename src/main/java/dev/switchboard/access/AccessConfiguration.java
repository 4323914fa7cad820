package dev.switchboard.access;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, EgressProperties.class})
class AccessConfiguration {

    @Bean
    OwnHttpPorts ownHttpPorts(@Value("${server.port:8080}") int configured) {
        return new OwnHttpPorts(configured);
    }

    @Bean
    Egress egress(EgressProperties properties, OwnHttpPorts ownPorts) {
        return new EgressRules(properties, ownPorts);
    }

    @Bean
    Entrance entrance(
            AccessProperties properties,
            @Value("${server.address:}") String address,
            @Value("${server.port:8080}") int port,
            @Value("${management.server.address:}") String managementAddress,
            @Value("${management.server.port:-1}") int managementPort,
            @Value("${switchboard.data-dir:data}") @Nullable Path dataDir) {
        // A management port of its own listens on all addresses unless told otherwise, whatever server.address says.
        boolean sameServer = managementPort < 0 || (managementPort == port && port != 0);
        boolean loopback = sameServer || BindAddress.of(managementAddress).loopback();
        return Entrance.of(
                BindAddress.of(address), loopback, properties, Objects.requireNonNullElse(dataDir, Path.of("data")));
    }

    @Bean
    Invitation invitation(Entrance entrance, ObjectProvider<ServerProperties> server) {
        return new Invitation(entrance, server.getIfAvailable(ServerProperties::new));
    }
}
