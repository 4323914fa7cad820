package dev.switchboard.page;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
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
        return SecurityHeaders.first(page);
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

    /** Before whoever takes addresses apart. */
    @Bean
    FilterRegistrationBean<ReadableAddress> readableAddress() {
        FilterRegistrationBean<ReadableAddress> registration = new FilterRegistrationBean<>(new ReadableAddress());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }

    @Bean
    HttpServerSetup httpServerSetup(JsonMapper json) {
        return new HttpServerSetup(json);
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
