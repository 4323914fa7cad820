package dev.switchboard.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Tests that share one running Switchboard. After each, whatever endpoints it made are deleted.
 *
 * <p>A connection whose peer sent FIN ends soon, since many tests wait for that; a sender need not wait long for a peer
 * that does not read.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "switchboard.starter=false",
            "switchboard.half-close-linger=200ms",
            "switchboard.send-timeout=1s",
            "switchboard.max-queued=256KB",
            "switchboard.connect-timeout=2s",
            "switchboard.endpoints[0].name=declared",
            "switchboard.endpoints[0].type=tcp-server",
            "switchboard.endpoints[0].bind=127.0.0.1:0",
            "switchboard.endpoints[0].framing.type=delimiter",
            "switchboard.endpoints[0].framing.delimiter=;",
            "switchboard.endpoints[0].description=comes with the configuration"
        })
abstract class OnOneBoard {

    static final Path DATA = temporary();

    @LocalServerPort
    private int port;

    Board board;
    Api api;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", DATA::toString);
    }

    @BeforeEach
    void board() {
        api = new Api(port);
        board = new Board(api);
    }

    @AfterEach
    void leaveNothing() {
        board.dropAll();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("switchboard");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
