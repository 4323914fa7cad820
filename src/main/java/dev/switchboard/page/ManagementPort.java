package dev.switchboard.page;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/**
 * A management port of its own ({@code management.server.port}) is a server of its own, which has nothing of what the
 * first one has unless it is said. Spring Boot finds this in {@code META-INF/spring}; its name keeps it out of the
 * first.
 */
@ConditionalOnBean(Page.class)
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPort {

    @Bean
    FilterRegistrationBean<SecurityHeaders> managementSecurityHeaders(Page page) {
        return SecurityHeaders.first(page);
    }

    @Bean
    HttpServerSetup managementServerSetup(JsonMapper json) {
        return new HttpServerSetup(json);
    }
}
