package dev.switchboard.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Switchboard;
import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Line ends and other control characters wherever somebody may put them: none of them begins a line of the log or of an
 * answer's head, or reaches a terminal that shows the log.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = Switchboard.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"switchboard.starter=false", "switchboard.access.token=acts"})
class InjectionTest {

    private static final String OPERATOR = "Authorization: Bearer acts";

    /** A line of its own, a terminal's escape, a C1 control, and what Unicode has for line ends. */
    private static final String NASTY = "a\r\nX-Forged: yes\r\n\r\n\u001b[31mforged\u0085\u009b\u2028\u0000";

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029&&[^\\n\\t]]");

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    private final List<Response> answers = new ArrayList<>();
    private int printedBefore;
    private CapturedOutput output;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    @BeforeEach
    void listen(CapturedOutput captured) {
        output = captured;
        printedBefore = captured.getAll().length();
    }

    @AfterEach
    void nothingWasForged() {
        String printed = output.getAll().substring(printedBefore);
        assertThat(printed.lines()).noneMatch(line -> line.startsWith("X-Forged") || line.contains("\u001b[31mforged"));
        Matcher control = CONTROL.matcher(printed);
        assertThat(control.find())
                .as(() -> "a control character in the log: " + URLEncoder.encode(printed, UTF_8))
                .isFalse();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.header("X-Forged")).isEmpty();
            assertThat(CONTROL.matcher(answer.head().replace("\r\n", "")).find())
                    .as(answer.head())
                    .isFalse();
            assertThat(answer.status()).isLessThan(500);
        });
    }

    private RawHttp http() {
        return new RawHttp(port);
    }

    private Response ask(String method, String path, String type, String body) {
        Response answer = http().send(
                        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                                .formatted(
                                        method,
                                        path,
                                        OPERATOR,
                                        type,
                                        body.getBytes(UTF_8).length,
                                        new String(body.getBytes(UTF_8), ISO_8859_1)));
        answers.add(answer);
        return answer;
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
        return json.append('"').toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "Origin",
                "Authorization",
                "Cookie",
                "User-Agent",
                "Last-Event-ID",
                "Accept",
                "Content-Type",
                "X-Forwarded-Host"
            })
    void inAHeader(String header) {
        for (String value : new String[] {
            "\u00c2\u0085\u00c2\u009b[31mforged", "a\u0085forged", "a\u001b[31mforged", "a\rX-Forged: yes", "b=\u0001"
        }) {
            for (String path : new String[] {"/", "/api/events", "/actuator/info"}) {
                answers.add(http().send("POST " + path + " HTTP/1.1\r\n"
                        + (header.equals("Host") ? "" : "Host: localhost\r\n")
                        + (header.equals("Authorization") ? "" : OPERATOR + "\r\n")
                        + header + ": " + value + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        }
    }

    @Test
    void inAPathOrAMethod() {
        for (String part : new String[] {
            "a%0d%0aX-Forged:%20yes", "a\u0085forged", "a\u001b[31mforged", "%1b[31mforged", "%c2%85", "%e2%80%a8"
        }) {
            for (String line : new String[] {
                "GET /e/" + part, "GET /" + part, "GET /app/" + part, "DELETE /api/endpoints/" + part, part + " /"
            }) {
                answers.add(http().send(line + " HTTP/1.1\r\nHost: localhost\r\n" + OPERATOR
                        + "\r\nConnection: close\r\n\r\n"));
            }
        }
    }

    @Test
    void inAParameter() {
        for (String path : new String[] {
            "/api/messages?endpoint=%s",
            "/api/messages?%s=a",
            "/api/messages?since=%s",
            "/api/messages?limit=%s",
            "/api/messages/export?format=csv&endpoint=%s",
            "/api/messages/export?format=pcapng&connection=%s",
            "/api/events?type=%s",
            "/api/connections?endpoint=%s",
            "/?endpoint=%s",
            "/?x=%s&token=acts",
            "/?token=%s"
        }) {
            answers.add(http().send("GET " + path.formatted(encoded(NASTY)) + " HTTP/1.1\r\nHost: localhost\r\n"
                    + (path.contains("token") ? "" : OPERATOR + "\r\n") + "Connection: close\r\n\r\n"));
        }
        assertThat(answers.stream().flatMap(answer -> answer.header("Content-Disposition").stream()))
                .hasSize(2)
                .allMatch(value -> value.matches("attachment; filename=\"[A-Za-z0-9_.-]+\""));
        assertThat(answers.stream().flatMap(answer -> answer.header("Location").stream()))
                .hasSize(1)
                .allMatch(value -> value.startsWith("/?x=a%0D%0AX-Forged"));
    }

    @Test
    void inADefinition() {
        String name = json(NASTY);
        assertThat(ask("POST", "/api/endpoints", "application/json", """
                {"name": %s, "type": "tcp-server", "bind": "127.0.0.1:0"}""".formatted(name))
                        .status())
                .isEqualTo(422);
        ask("POST", "/api/endpoints", "application/json", """
                {"name": "a", "type": %s, "bind": "127.0.0.1:0"}""".formatted(name));
        ask("POST", "/api/endpoints", "application/json", """
                {"name": "a", "type": "tcp-server", "bind": %s}""".formatted(name));
        ask("POST", "/api/endpoints", "application/json", """
                {"name": "a", "type": "tcp-client", "remote": %s}""".formatted(json("a\r\nb\u001b[31mforged:80")));
        ask("POST", "/api/endpoints", "application/json", "{%s: 1}".formatted(name));
        assertThat(ask("POST", "/api/endpoints", "application/json", """
                {"name": "described", "type": "tcp-server", "bind": "127.0.0.1:0", "description": %s}""".formatted(name))
                        .status())
                .isIn(201, 422);
    }

    @Test
    void inAnImport() {
        String line =
                "{\"event\":\"message\",\"id\":\"1\",\"at\":\"2026-01-01T00:00:00Z\",\"endpoint\":%s,\"connection\":%s}\n"
                        .formatted(json(NASTY), json(NASTY));
        ask("POST", "/api/messages/import?name=" + encoded(NASTY), "application/octet-stream", line);
        ask("POST", "/api/messages/import?name=fine", "application/octet-stream", line);
        ask("POST", "/api/messages/import?name=fine", "application/octet-stream", NASTY);
        ask("POST", "/api/messages/import?name=fine&framing=" + encoded(NASTY), "application/octet-stream", line);
    }

    @Test
    void inWhatAPeerSends() throws IOException {
        for (String framing : new String[] {"raw", "lf", "json", "stx-etx"}) {
            Response made = ask("POST", "/api/endpoints", "application/json", """
                    {"name": "peer-%s", "type": "tcp-server", "bind": "127.0.0.1:0", "framing": {"type": "%s"}, "onReceive": "echo"}""".formatted(framing, framing));
            Matcher address =
                    Pattern.compile("\"localAddress\":\"127.0.0.1:(\\d+)\"").matcher(made.body());
            assertThat(address.find()).isTrue();
            try (Socket peer = new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(address.group(1)))) {
                peer.getOutputStream().write(NASTY.getBytes(UTF_8));
                peer.shutdownOutput();
                peer.getInputStream().readAllBytes();
            }
            ask("GET", "/api/messages?encoding=text&endpoint=peer-" + framing, "text/plain", "");
            ask("GET", "/api/events?endpoint=peer-" + framing, "text/plain", "");
            ask("GET", "/api/messages/export?format=csv&endpoint=peer-" + framing, "text/plain", "");
            ask("DELETE", "/api/endpoints/peer-" + framing, "text/plain", "");
        }
    }
}
