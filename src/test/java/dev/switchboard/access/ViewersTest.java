package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A second token that sees and changes nothing. */
@ExtendWith(OutputCaptureExtension.class)
class ViewersTest {

    private static final String OPERATOR = "Authorization: Bearer acts";
    private static final String VIEWER = "Authorization: Bearer looks";

    private static House house;
    private static RawHttp http;

    @BeforeAll
    static void open() {
        house = House.open(
                "switchboard.access.token=acts",
                "switchboard.access.viewer-token=looks",
                "management.endpoints.web.exposure.include=*");
        http = house.http();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void look(String method) throws IOException {
        assertThat(http.request(method, "/thing", "localhost", VIEWER).status()).isIn(200, 404);
        assertThat(http.request(method, "/thing", "localhost").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void changeNothingAndAreToldWhy(String method) throws IOException {
        for (String path : new String[] {"/thing", "/nothing", "/", "/actuator/info"}) {
            Response refused = http.request(method, path, "localhost", VIEWER);

            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(refused.body())
                    .contains(
                            "\"status\":403",
                            "may only look",
                            "switchboard.access.viewer-token",
                            "switchboard.access.token")
                    .doesNotContain("changed");
        }
        assertThat(http.request("POST", "/thing", "localhost", OPERATOR).body()).isEqualTo("changed");
    }

    @Test
    void openNoWebSocketThatMaySend() throws IOException {
        String host = "localhost:" + http.port();
        String cookie = http.get("/?token=looks").cookie();

        assertThat(http.webSocket("/ws", host, VIEWER).status()).isEqualTo(403);
        assertThat(http.webSocket("/ws", host, cookie, "Origin: http://" + host).status())
                .isEqualTo(403);
        assertThat(http.webSocket("/ws", host, OPERATOR).status()).isEqualTo(101);
    }

    @Test
    void seeOfActuatorWhatDoesNotShowTheOperatorsToken() throws IOException {
        for (String path : new String[] {"", "/health", "/info", "/metrics", "/metrics/jvm.info", "/prometheus"}) {
            assertThat(http.get("/actuator" + path, VIEWER).status()).as(path).isIn(200, 404);
        }
        for (String path : new String[] {"/env", "/configprops", "/heapdump", "/threaddump", "/loggers", "/beans"}) {
            assertThat(http.get("/actuator" + path, VIEWER).status()).as(path).isEqualTo(403);
        }
        assertThat(http.get("/actuator/loggers", OPERATOR).status()).isEqualTo(200);
    }

    @Test
    void haveACookieOfTheirOwn() throws IOException {
        Response entered = http.get("/thing?token=looks");

        assertThat(entered.status()).isEqualTo(303);
        assertThat(entered.header("Location")).hasValue("/thing");
        assertThat(http.get("/thing", entered.cookie()).status()).isEqualTo(200);
        assertThat(http.request("POST", "/thing", "localhost:" + http.port(), entered.cookie())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void becomeOperatorsWithTheOperatorsAddress() throws IOException {
        String viewer = http.get("/?token=looks").cookie();
        Response entered = http.get("/?token=acts", viewer);

        assertThat(entered.status()).isEqualTo(303);
        assertThat(http.request("POST", "/thing", "localhost:" + http.port(), entered.cookie())
                        .body())
                .isEqualTo("changed");
    }

    @Test
    void areSlowedDownWhenTheyGuessTheOperatorsToken() throws IOException {
        try (House other = House.open("switchboard.access.token=acts", "switchboard.access.viewer-token=looks")) {
            RawHttp there = other.http();
            String cookie = there.get("/?token=looks").cookie();
            for (int i = 0; i < WrongTries.BURST; i++) {
                assertThat(there.get("/?token=guess" + i, cookie).status()).isEqualTo(401);
            }
            assertThat(there.get("/?token=acts", cookie).status()).isEqualTo(429);
            assertThat(there.get("/thing", cookie).status()).isEqualTo(200);
            assertThat(there.request(
                                    "POST", "/thing", "localhost:" + there.port(), cookie, "Authorization: Bearer acts")
                            .status())
                    .as("a header is not looked at where there is a cookie")
                    .isEqualTo(403);
        }
    }

    @Test
    void makeATokenNecessaryForTheOperatorOnLoopbackToo(CapturedOutput output) throws IOException {
        try (House other = House.open("switchboard.access.viewer-token=peeks")) {
            RawHttp there = other.http();
            Matcher invitation = Pattern.compile("http://127.0.0.1:\\d+/\\?token=([A-Za-z0-9_-]{20,})")
                    .matcher(output);
            assertThat(invitation.find()).isTrue();

            assertThat(there.request("POST", "/thing", "localhost").status()).isEqualTo(401);
            assertThat(there.request("POST", "/thing", "localhost", "Authorization: Bearer peeks")
                            .status())
                    .isEqualTo(403);
            assertThat(there.request("POST", "/thing", "localhost", "Authorization: Bearer " + invitation.group(1))
                            .body())
                    .isEqualTo("changed");
            assertThat(output)
                    .contains("To only look, open http://127.0.0.1:" + there.port() + "/?token=…")
                    .contains("switchboard.access.viewer-token")
                    .doesNotContain("peeks");
        }
    }

    @Test
    void cannotHaveTheOperatorsToken() {
        assertThatThrownBy(() -> House.open("switchboard.access.token=one", "switchboard.access.viewer-token=one"))
                .rootCause()
                .hasMessageContaining("switchboard.access.token and switchboard.access.viewer-token are the same");
    }

    @Test
    void nobodyElseIsMadeUp(CapturedOutput output) throws IOException {
        try (House other = House.open("switchboard.access.token=acts")) {
            assertThat(output).doesNotContainIgnoringCase("password");
            assertThat(other.http()
                            .get("/thing", "Authorization: Basic dXNlcjpwYXNz")
                            .status())
                    .isEqualTo(401);
        }
    }
}
