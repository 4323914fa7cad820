package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Switchboard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Somebody may ask as soon as the server listens, which is before the application says that it has started. */
class FirstRequestTest {

    @Test
    void thePageIsThereFromTheFirstRequestOn(@TempDir Path data) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        ApplicationListener<WebServerInitializedEvent> listening =
                event -> status.complete(statusOf(event.getWebServer().getPort()));
        new SpringApplicationBuilder(Switchboard.class)
                .listeners(listening)
                .run("--server.port=0", "--switchboard.starter=false", "--switchboard.data-dir=" + data)
                .close();
        assertThat(status).isCompletedWithValue(200);
    }

    private static int statusOf(int port) {
        try {
            HttpURLConnection asked = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            return asked.getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
