package dev.switchboard.access;

import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

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
    Entrance entrance(AccessProperties properties, @Value("${server.address:}") String address) {
        return Entrance.of(BindAddress.of(address), properties);
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            Entrance entrance,
            AccessProperties properties,
            @Value("${management.endpoints.web.base-path:/actuator}") String actuator,
            JsonMapper json) {
        String health = actuator.replaceFirst("/$", "") + "/health";
        AccessFilter filter = new AccessFilter(
                Set.of(health, health + "/liveness", health + "/readiness"),
                new AllowedHosts(properties.allowedHosts(), entrance.bind()),
                entrance.token().map(Credentials::new).orElse(null),
                json);
        FilterRegistrationBean<AccessFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    Invitation invitation(Entrance entrance, ObjectProvider<ServerProperties> server) {
        return new Invitation(entrance, server.getIfAvailable(ServerProperties::new));
    }
}
