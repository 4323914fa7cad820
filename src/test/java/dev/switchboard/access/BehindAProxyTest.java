package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Switchboard;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a proxy passes on that speaks TLS to browsers, on the usual port or on another. */
@SpringBootTest(
        classes = Switchboard.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "switchboard.starter=false",
            "switchboard.history.store=memory",
            "switchboard.access.allowed-hosts=switchboard.example.org",
            "server.forward-headers-strategy=native"
        })
class BehindAProxyTest {

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "switchboard.example.org, X-Forwarded-Proto: https",
        "switchboard.example.org:8443, X-Forwarded-Proto: https",
        // Of a proxy that does not say so, or is not believed.
        "switchboard.example.org, X-Else: 1",
        "switchboard.example.org:8443, X-Else: 1",
    })
    void aPageThatCameOverTlsMayOpenItsWebSocket(String host, String forwarded) throws IOException {
        assertThat(new RawHttp(port)
                        .webSocket("/ws/live", host, "Origin: https://" + host, forwarded)
                        .status())
                .isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/live", "/ws/connections/1"})
    void aPageOfSomebodyElseMayNot(String path) throws IOException {
        String host = "switchboard.example.org";
        RawHttp http = new RawHttp(port);
        for (String origin : new String[] {"https://evil.example", "https://switchboard.example.org:8443", "null"}) {
            assertThat(http.webSocket(path, host, "Origin: " + origin, "X-Forwarded-Proto: https")
                            .status())
                    .as(origin)
                    .isEqualTo(403);
        }
    }
}
