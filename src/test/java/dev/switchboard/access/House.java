package dev.switchboard.access;

import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** The front door on an ephemeral port, with next to nothing behind it. */
final class House implements AutoCloseable {

    private final ServletWebServerApplicationContext context;

    private House(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** With a folder for its data that nobody else has, unless one is given. */
    static House open(String... properties) {
        String[] arguments =
                Stream.of(properties).map(property -> "--" + property).toArray(String[]::new);
        return new House((ServletWebServerApplicationContext) new SpringApplicationBuilder(Behind.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "switchboard.data-dir=${java.io.tmpdir}/switchboard-${random.uuid}")
                .run(arguments));
    }

    RawHttp http() {
        return new RawHttp(context.getWebServer().getPort());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /**
     * Something to read, something to change, and a WebSocket that itself would let any origin in. Not annotated as a
     * configuration, lest a scan of the whole application finds it.
     */
    @EnableAutoConfiguration
    @EnableWebSocket
    @Import({AccessConfiguration.class, FrontDoorConfiguration.class})
    static class Behind {

        @Bean
        RouterFunction<ServerResponse> thing() {
            return RouterFunctions.route()
                    .GET(
                            "/thing",
                            request -> ServerResponse.ok()
                                    .body("seen " + request.param("token").orElse("nothing")))
                    .POST("/thing", request -> ServerResponse.ok().body("changed"))
                    .build();
        }

        @Bean
        WebSocketConfigurer webSocket() {
            return registry ->
                    registry.addHandler(new TextWebSocketHandler(), "/ws").setAllowedOriginPatterns("*");
        }
    }
}
