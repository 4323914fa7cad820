package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.Switchboard;
import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every call the application has, asked for by somebody who may only look. */
@SpringBootTest(
        classes = Switchboard.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "switchboard.starter=false",
            "switchboard.history.store=memory",
            "switchboard.access.token=acts",
            "switchboard.access.viewer-token=looks"
        })
class ViewersSeeEverythingTest {

    private static final String OPERATOR = "Authorization: Bearer acts";
    private static final String VIEWER = "Authorization: Bearer looks";

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping calls;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) {
        registry.add("switchboard.data-dir", data::toString);
    }

    /** A call of the API: its method, and a path without variables. */
    private record Call(RequestMethod method, String path) {}

    private List<Call> calls() {
        List<Call> found = new ArrayList<>();
        for (RequestMappingInfo mapping : calls.getHandlerMethods().keySet()) {
            for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                for (String path : mapping.getPatternValues()) {
                    // A stream does not end by itself.
                    if (!path.equals("/api/stream")) {
                        found.add(new Call(method, path.replaceAll("\\{[^}]*}", "none")));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void whatIsReadTheySeeAndWhatIsChangedTheyDoNotChange() throws IOException {
        RawHttp http = new RawHttp(port);
        assertThat(calls()).extracting(Call::method).contains(RequestMethod.values()[0], RequestMethod.POST);
        for (Call call : calls()) {
            Response response = http.request(call.method().name(), call.path(), "localhost:" + port, VIEWER);
            if (call.method() == RequestMethod.GET) {
                assertThat(response.status()).as(call.toString()).isIn(200, 302, 400, 404);
            } else {
                assertThat(response.status()).as(call.toString()).isEqualTo(403);
                assertThat(response.body()).contains("may only look");
            }
            assertThat(http.request(call.method().name(), call.path(), "localhost:" + port)
                            .status())
                    .as(call.toString())
                    .isEqualTo(401);
        }
    }

    @Test
    void theLiveFeedIsTheirsAndABridgeIsNot() throws IOException {
        RawHttp http = new RawHttp(port);
        String host = "localhost:" + port;

        assertThat(http.webSocket("/ws/live", host, VIEWER).status()).isEqualTo(101);
        assertThat(http.webSocket("/ws/live", host).status()).isEqualTo(401);
        assertThat(http.webSocket("/ws/connections/none", host, VIEWER).status())
                .isEqualTo(403);
        assertThat(http.webSocket("/ws/connections/none", host, OPERATOR).status())
                .isEqualTo(404);
    }

    @Test
    void aRefusalCarriesTheHeadersOfAnyAnswerEachOnce() throws IOException {
        RawHttp http = new RawHttp(port);
        Map<String, Response> answers = Map.of(
                "wanted", http.get("/", VIEWER),
                "without token", http.get("/"),
                "viewer", http.request("DELETE", "/api/messages", "localhost", VIEWER),
                "strange host", http.request("GET", "/", "evil.example", OPERATOR),
                "strange path", http.get("//x", OPERATOR));
        answers.forEach((which, answer) -> {
            for (String header : new String[] {
                "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"
            }) {
                assertThat(answer.head().lines().filter(line -> line.startsWith(header + ":")))
                        .as("%s of %s", header, which)
                        .hasSize(1);
            }
            assertThat(answer.head()).as(which).doesNotContain("Expires:", "Pragma:", "X-XSS-Protection:");
        });
    }

    @Test
    void whatTomcatRefusesIsAProblemToo() {
        RawHttp http = new RawHttp(port);
        for (String request : new String[] {
            "GET /e/a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /e/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /e/\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "NONSENSE\r\n\r\n"
        }) {
            Response response = http.send(request);
            assertThat(response.status()).as(request).isEqualTo(400);
            assertThat(response.header("Content-Type")).as(request).hasValue("application/problem+json");
            assertThat(response.body())
                    .contains("\"status\":400", "\"detail\":\"")
                    .doesNotContain("<");
        }
    }

    @Test
    void aHeaderWithControlCharactersIsRefusedWhereItIsRead() {
        Response response = new RawHttp(port)
                .send("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n" + OPERATOR
                        + "\r\nLast-Event-ID: 1\u00801\r\nConnection: close\r\n\r\n");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.head()).contains("application/problem+json");
        assertThat(response.body()).contains("Last-Event-ID");
    }
}
