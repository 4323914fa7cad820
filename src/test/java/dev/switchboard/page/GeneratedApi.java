package dev.switchboard.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.Resource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What springdoc needs beside the controllers to make the OpenAPI document. Not annotated as a configuration, lest
 * other tests find it.
 */
class GeneratedApi {

    private static final String TOKEN = "token";

    @Bean
    OpenAPI openApi(
            @Value("file:src/openapi/description.md") Resource description,
            @Value("${spring.application.version}") String version)
            throws IOException {
        return new OpenAPI()
                .info(new Info()
                        .title("Switchboard")
                        .version(version)
                        .description(description.getContentAsString(UTF_8))
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                // From where the document is, so that it holds behind any context path and any prefix of a proxy.
                .addServersItem(new Server().url("..").description("This process"))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("Needed unless the server listens on loopback alone.")))
                .addSecurityItem(new SecurityRequirement())
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    @Bean
    ApiDescription apiDescription(@Value("file:src/openapi/examples.json") Resource examples, JsonMapper json)
            throws IOException {
        return new ApiDescription(json.readValue(
                examples.getContentAsByteArray(), new TypeReference<Map<String, Map<String, Object>>>() {}));
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
