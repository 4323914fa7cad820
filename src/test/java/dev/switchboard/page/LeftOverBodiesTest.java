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
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"switchboard.starter=false", "switchboard.access.token=let-me-in-please"})
class LeftOverBodiesTest {

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String post(int length) {
        return "POST /api/endpoints HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Up to the end of its body, which is one object. */
    private static String answer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("}")) {
            int octet = socket.getInputStream().read();
            assertThat(octet).as("after %s", answer).isNotNegative();
            answer.append((char) octet);
        }
        return answer.toString();
    }

    @Test
    void whoWasRefusedIsAnsweredAtOnceAndCanNotKeepTheConnectionByTrickling() throws IOException {
        try (Socket socket = connect()) {
            send(socket, post(1_000_000) + "{");
            assertThat(answer(socket)).contains("\"status\":401");
            await("the end")
                    .atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () -> assertThatThrownBy(() -> send(socket, " ")).isInstanceOf(SocketException.class));
        }
    }

    @Test
    void whatIsStillComingIsTakenSoThatTheAnswerIsSeenAndTheConnectionServesOn() throws IOException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                send(socket, post(300_000));
                send(socket, "x".repeat(300_000));
                assertThat(answer(socket)).contains("\"status\":401");
            }
        }
    }
}
