package dev.switchboard.endpoint;

import dev.switchboard.Switchboard;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A Switchboard of its own, for tests that start and stop it or want it set otherwise. */
final class Running implements AutoCloseable {

    private final ServletWebServerApplicationContext context;

    private Running(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** Without the endpoints of a first start, unless {@code properties} say otherwise. */
    static Running on(Path data, String... properties) {
        return on(data, List.of(), properties);
    }

    /** @param more further beans; not found by scanning, so that they are nobody else's */
    static Running on(Path data, List<Class<?>> more, String... properties) {
        String[] arguments =
                Stream.of(properties).map(property -> "--" + property).toArray(String[]::new);
        return new Running((ServletWebServerApplicationContext) new SpringApplicationBuilder(Switchboard.class)
                .sources(more.toArray(Class<?>[]::new))
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "switchboard.starter=false",
                        "switchboard.data-dir=" + data)
                .run(arguments));
    }

    Board board() {
        return new Board(new Api(context.getWebServer().getPort()));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    @Override
    public void close() {
        context.close();
    }
}
