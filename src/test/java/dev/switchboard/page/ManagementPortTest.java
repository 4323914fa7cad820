package dev.switchboard.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A management port of its own keeps what the other port promises. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "switchboard.starter=false",
            "switchboard.access.token=let-me-in-please",
            "management.server.port=0"
        })
class ManagementPortTest {

    @TempDir
    private static Path data;

    @LocalManagementPort
    private int port;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    private Socket asking(String request) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/prometheus", "/actuator/a%zz", "/actuator/a%2fb"})
    void answersWithTheSameHeadersAndProblems(String path) throws IOException {
        try (Socket socket = asking("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: ", "frame-ancestors")
                    .contains("Content-Type: application/problem+json");
        }
    }

    @Test
    void endsWhatTricklesBehindARefusal() throws IOException {
        try (Socket socket =
                asking("POST /actuator/prometheus HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{")) {
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 401");
            await("the end")
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> socket.getOutputStream().write(' '))
                            .isInstanceOf(SocketException.class));
        }
    }
}
