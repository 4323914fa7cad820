package dev.switchboard.page;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PageProperties.class)
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
    FilterRegistrationBean<BodyLimit> bodyLimit(PageProperties properties) {
        FilterRegistrationBean<BodyLimit> registration = new FilterRegistrationBean<>(
                new BodyLimit(properties.maxRequestSize().toBytes()));
        registration.addUrlPatterns("/api/*");
        return registration;
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
