package dev.switchboard.page;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    Page page(ResourceLoader resourceLoader, ResourceUrlProvider urls) {
        return new Page(new PageFiles(ResourcePatternUtils.getResourcePatternResolver(resourceLoader)), urls);
    }

    /** Before all other filters, so that their answers carry the headers too. */
    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders(Page page) {
        FilterRegistrationBean<SecurityHeaders> registration = new FilterRegistrationBean<>(new SecurityHeaders(page));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(
            @Value("${switchboard.max-request-size:32MB}") DataSize maxRequestSize) {
        FilterRegistrationBean<BodyLimit> registration =
                new FilterRegistrationBean<>(new BodyLimit(maxRequestSize.toBytes()));
        registration.addUrlPatterns("/api/*");
        return registration;
    }

    /** Before whoever takes addresses apart. */
    @Bean
    FilterRegistrationBean<ReadableAddress> readableAddress() {
        FilterRegistrationBean<ReadableAddress> registration = new FilterRegistrationBean<>(new ReadableAddress());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }

    /** After Spring Boot's own, so that it is asked first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatErrors(JsonMapper json) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new TomcatErrors(json)));
    }

    /**
     * A body is a body, whatever it calls itself: a form is what {@code curl} says of any file unless told otherwise.
     */
    @Bean
    TomcatConnectorCustomizer bodiesAreNoParameters() {
        return connector -> connector.setParseBodyMethods("");
    }

    @Bean
    WebMvcConfigurer unknownParameters() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new UnknownParameters()).addPathPatterns("/api/**");
            }
        };
    }
}
