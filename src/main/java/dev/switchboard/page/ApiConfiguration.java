package dev.switchboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/** The OpenAPI document, and Swagger UI, which shows it. */
@Configuration(proxyBeanMethods = false)
@Import(ApiController.class)
class ApiConfiguration {

    private static final String SWAGGER_UI = "swagger-ui";

    @Bean
    WebMvcConfigurer swaggerUi() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/swagger-ui/**")
                        // Ours is asked first: it has the initializer.
                        .addResourceLocations("classpath:/static/swagger-ui/", webJar())
                        // Their addresses say no version, and their times are the same in every jar.
                        .setCacheControl(CacheControl.noCache())
                        .setUseLastModified(false)
                        .setEtagGenerator(ApiConfiguration::eTag);
            }
        };
    }

    private static String webJar() {
        String version = new WebJarVersionLocator().version(SWAGGER_UI);
        return "classpath:/%s/%s/%s/".formatted(WebJarVersionLocator.WEBJARS_PATH_PREFIX, SWAGGER_UI, version);
    }

    private static String eTag(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return '"' + DigestUtils.md5DigestAsHex(in) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
