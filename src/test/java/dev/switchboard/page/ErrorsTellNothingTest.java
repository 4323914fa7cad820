package dev.switchboard.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever goes wrong, and wherever: no answer tells of classes, files or versions. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"switchboard.starter=false", "switchboard.max-request-size=10KB"})
@Import(ErrorsTellNothingTest.Broken.class)
class ErrorsTellNothingTest {

    private static final Pattern INSIDE = Pattern.compile(
            "Exception|Throwable|\\n\\s*at [a-z]|\\.java\\b|[Tt]race\"|Tomcat|Jackson|Spring|StreamRead[A-Z]|[a-z]Feature\\.|`|"
                    + "\\b(java|javax|jakarta|sun|dev\\.switchboard|org\\.[a-z]+|tools\\.jackson|com\\.[a-z]+)\\.[a-zA-Z]");

    private static final String JSON = "Content-Type: application/json\r\n";

    private static final String HANDSHAKE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void dataDir(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    /** What nobody expects, in a controller and ahead of all of them. */
    @RestController
    static class Broken {

        @Value("${switchboard.data-dir}")
        private Path data;

        @GetMapping("/api/broken")
        String broken() {
            throw new IllegalStateException("secret of " + getClass().getName() + " in " + data);
        }

        @GetMapping("/broken")
        String brokenPage() {
            throw new StackOverflowError("secret of " + getClass().getName() + " in " + data);
        }

        @Bean
        FilterRegistrationBean<Filter> brokenFilter() {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((_, _, _) -> {
                throw new IllegalArgumentException("secret of a filter in " + data);
            });
            registration.addUrlPatterns("/api/filtered", "/filtered");
            return registration;
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("no JSON", post("/api/endpoints", JSON, "{\"name\"")),
                Arguments.of("nothing where JSON should be", post("/api/endpoints", JSON, "")),
                Arguments.of("JSON that is no object", post("/api/endpoints", JSON, "[1]")),
                Arguments.of("an unknown field", post("/api/endpoints", JSON, "{\"nmae\": 1}")),
                Arguments.of("a field twice", post("/api/endpoints", JSON, "{\"name\": \"a\", \"name\": \"a\"}")),
                Arguments.of(
                        "fields of the wrong kind", post("/api/endpoints", JSON, "{\"framing\": [{}], \"name\": {}}")),
                Arguments.of(
                        "a word that is none", post("/api/endpoints", JSON, "{\"name\": \"a\", \"type\": \"tpc\"}")),
                Arguments.of("a number out of range", post("/api/endpoints", JSON, "{\"maxFrameBytes\": 1e999}")),
                Arguments.of(
                        "a number too long",
                        post("/api/endpoints", JSON, "{\"maxFrameBytes\": " + "9".repeat(2000) + "}")),
                Arguments.of("nesting too deep", post("/api/endpoints", JSON, "{\"name\": " + "[".repeat(5000))),
                Arguments.of("NaN", post("/api/endpoints", JSON, "{\"maxFrameBytes\": NaN}")),
                Arguments.of("the wrong bracket", post("/api/endpoints", JSON, "{\"framing\": {\"type\": 1]}")),
                Arguments.of("a comment", post("/api/endpoints", JSON, "{/* */}")),
                Arguments.of(
                        "an encoding that is none",
                        post("/api/endpoints/a/messages", JSON, "{\"payload\": \"a\", \"encoding\": \"b\"}")),
                Arguments.of("lines that are no JSON", post("/api/messages/import", "", "{\"event\": NaN}")),
                Arguments.of(
                        "lines nested too deep", post("/api/messages/import", "", "{\"event\": " + "[".repeat(5000))),
                Arguments.of("bytes that are no UTF-8", post("/api/endpoints", JSON, "{\"name\": \"\u00ff\u00fe\"}")),
                Arguments.of(
                        "another charset",
                        post("/api/endpoints", "Content-Type: application/json;charset=x-no\r\n", "{}")),
                Arguments.of("a media type that is none", post("/api/endpoints", "Content-Type: ///\r\n", "{}")),
                Arguments.of(
                        "the wrong media type", post("/api/endpoints", "Content-Type: application/xml\r\n", "<a/>")),
                Arguments.of("no media type", post("/api/endpoints", "", "{}")),
                Arguments.of(
                        "too much", post("/api/endpoints", JSON, "{\"description\": \"" + "x".repeat(20_000) + "\"}")),
                Arguments.of("an answer of a kind there is not", get("/api/endpoints", "Accept: image/png\r\n")),
                Arguments.of("an Accept that is none", get("/api/endpoints", "Accept: ;;\r\n")),
                Arguments.of("an endpoint that is not there", get("/api/endpoints/no-such", "")),
                Arguments.of("a message that is not there", get("/api/messages/17/payload", "")),
                Arguments.of("a parameter that can't be read", get("/api/messages?limit=many", "")),
                Arguments.of("a parameter there is not", get("/api/messages?enpdoint=a", "")),
                Arguments.of("a way into a parameter", get("/api/messages?direction.x=in", "")),
                Arguments.of("a time that is none", get("/api/messages?since=yesterday", "")),
                Arguments.of("half an escape", get("/api/messages?contains=%e", "")),
                Arguments.of("an escape that is no UTF-8", get("/api/messages?contains=%ff", "")),
                Arguments.of("an event that is not there", get("/api/stream", "Last-Event-ID: x\r\n")),
                Arguments.of("an unknown path", get("/api/no/such", "")),
                Arguments.of("an unknown path for a browser", get("/no/such", "Accept: text/html\r\n")),
                Arguments.of("an unknown file", get("/app/no.js", "")),
                Arguments.of("an unknown library", get("/webjars/lit/no.js", "")),
                Arguments.of("an unknown actuator", get("/actuator/env", "")),
                Arguments.of("a slash in disguise", get("/api/endpoints/a%2fb", "")),
                Arguments.of("a backslash in disguise", get("/api/endpoints/a%5cb", "")),
                Arguments.of("a zero", get("/api/endpoints/a%00b", "")),
                Arguments.of("half an escape behind a semicolon", get("/api/history;a=%qq", "")),
                Arguments.of("a way up", get("/app/../../etc/passwd", "")),
                Arguments.of("a way up in disguise", get("/app/%2e%2e/%2e%2e/etc/passwd", "")),
                Arguments.of("a way up with a parameter", get("/app/..;/..;/etc/passwd", "")),
                Arguments.of("a character that no path has", get("/api/<b>", "")),
                Arguments.of("a method that is not for it", request("DELETE", "/api/history", "", "")),
                Arguments.of("a method nobody has", request("BREW", "/api/history", "", "")),
                Arguments.of("TRACE", request("TRACE", "/api/history", "", "")),
                Arguments.of("no HTTP", "hello\r\n\r\n"),
                Arguments.of("a version there is not", "GET / HTTP/7.1\r\nHost: localhost\r\n\r\n"),
                Arguments.of("no host", "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of("a header too large", get("/api/history", "X: " + "x".repeat(20_000) + "\r\n")),
                Arguments.of("a header that is none", get("/api/history", "X\u0001: y\r\n")),
                Arguments.of(
                        "two lengths",
                        "POST /api/endpoints HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of("a stranger's host", "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
                Arguments.of("a WebSocket that is none", get("/ws/live", "")),
                Arguments.of("half a WebSocket", get("/ws/live", "Upgrade: websocket\r\n")),
                Arguments.of("a WebSocket at what is no address", get("/ws/live?since=%zz", HANDSHAKE)),
                Arguments.of("a WebSocket to nobody", get("/ws/connections/none", "Upgrade: websocket\r\n")),
                Arguments.of("an import that is none", post("/api/messages/import", "", "hello")),
                Arguments.of(
                        "an import that is damaged", post("/api/messages/import", "", "\u001f\u008b\u0008garbage")),
                Arguments.of("an error inside", get("/api/broken", "")),
                Arguments.of("an error inside, for a browser", get("/api/broken", "Accept: text/html\r\n")),
                Arguments.of("an error that is no exception", get("/broken", "Accept: text/html\r\n")),
                Arguments.of("an error ahead of all", get("/api/filtered", "")),
                Arguments.of(
                        "an error ahead of all, for a browser",
                        get("/filtered?trace=true&message=true", "Accept: text/html\r\n")),
                Arguments.of(
                        "the page of errors itself", get("/error?trace=true&message=always", "Accept: text/html\r\n")));
    }

    private static String get(String target, String headers) {
        return request("GET", target, headers, "");
    }

    private static String post(String target, String headers, String body) {
        return request("POST", target, headers + "Content-Length: " + body.length() + "\r\n", body);
    }

    private static String request(String method, String target, String headers, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n"
                + body;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void anAnswerTellsWhatIsWrongAndNothingOfTheInside(String what, String request) throws IOException {
        String answer = answer(request);

        assertThat(Integer.parseInt(answer.split(" ")[1])).as(answer).isBetween(400, 599);
        assertThat(answer).doesNotContainPattern(INSIDE).doesNotContain("secret", data.toString(), "/root/", "/home/");
        assertThat(answer).doesNotContainIgnoringCase("<html");
        assertThat(answer).contains("Content-Type: application/problem+json");
        assertThat(answer).contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: ", "frame-ancestors");
        assertThat(answer).doesNotContainPattern("(?im)^(Server|X-Powered-By|X-Application-Context):");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            try {
                for (int octet = in.read(); octet >= 0; octet = in.read()) {
                    answer.append((char) octet);
                }
            } catch (SocketException e) {
                // Who is refused with much unread is reset after the answer.
                assertThat(answer).isNotEmpty();
            }
            return answer.toString();
        }
    }
}
