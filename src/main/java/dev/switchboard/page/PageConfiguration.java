package dev.switchboard.page;

import dev.switchboard.endpoint.Descriptors;
import org.apache.coyote.AbstractProtocol;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PageProperties.class)
@Import({PageController.class, OtherErrors.class, Problems.class, ProblemTypes.class})
class PageConfiguration {

    @Bean
    Page page(
            @Value("${server.servlet.context-path:}") String root,
            ResourceLoader resourceLoader,
            ResourceUrlProvider urls) {
        return new Page(
                root.equals("/") ? "" : root,
                new PageFiles(ResourcePatternUtils.getResourcePatternResolver(resourceLoader)),
                urls);
    }

    /**
     * The resource chain would learn the addresses only after the server has begun to listen, and the first requests
     * would find none.
     */
    @Bean
    SmartInitializingSingleton addressesOfFiles(ResourceUrlProvider urls, ApplicationContext context) {
        return () -> urls.onApplicationEvent(new ContextRefreshedEvent(context));
    }

    /** Before all other filters, so that their answers carry the headers too. */
    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders(Page page) {
        FilterRegistrationBean<SecurityHeaders> registration = new FilterRegistrationBean<>(new SecurityHeaders(page));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(PageProperties properties) {
        long most = properties.maxRequestSize().toBytes();
        // What is held of a body while it is read takes several times its size.
        long together = Math.max(most, Runtime.getRuntime().maxMemory() / 16);
        BodyBounds bounds = new BodyBounds(most, properties.minRequestRate().toBytes(), together);
        FilterRegistrationBean<BodyLimit> registration =
                new FilterRegistrationBean<>(new BodyLimit(bounds, System::nanoTime));
        registration.addUrlPatterns("/api/*");
        return registration;
    }

    @Bean
    FilterRegistrationBean<WebSocketsOnly> webSocketsOnly(JsonMapper json) {
        FilterRegistrationBean<WebSocketsOnly> registration = new FilterRegistrationBean<>(new WebSocketsOnly(json));
        registration.addUrlPatterns("/ws/*");
        return registration;
    }

    /** Around all else, so that the answer is whole by then. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> leftOverBodies() {
        return factory -> factory.addEngineValves(new LeftOverBodies());
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

    /** However many ask, descriptors are left for who listens and for history; others wait until one has gone. */
    @Bean
    TomcatConnectorCustomizer connectionsOfHttp() {
        return connector -> {
            if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
                protocol.setMaxConnections(Math.min(protocol.getMaxConnections(), Descriptors.forHttp()));
            }
        };
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
