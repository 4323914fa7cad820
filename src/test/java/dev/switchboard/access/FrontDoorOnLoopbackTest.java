package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As it comes: bound to loopback, no token. */
class FrontDoorOnLoopbackTest {

    private static House house;
    private static RawHttp http;

    @BeforeAll
    static void open() {
        house = House.open();
        http = house.http();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost.", "127.0.0.1", "[::1]", "[0:0::1]"})
    void answersToTheNamesOfLoopbackOnAnyPort(String host) throws IOException {
        assertThat(http.request("GET", "/thing", host + ":" + http.port()).status())
                .isEqualTo(200);
        assertThat(http.request("GET", "/thing", host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.2", "[::2]", "0.0.0.0", "localhost@evil"})
    void refusesAHostThatWasReboundToThisMachine(String host) throws IOException {
        for (String path : new String[] {"/thing", "/nothing", "/actuator/prometheus", "/error"}) {
            Response response = http.request("GET", path, host);

            assertThat(response.status()).as(path).isIn(400, 403);
            assertThat(response.body()).doesNotContain("seen");
        }
    }

    @Test
    void saysWhyAHostIsRefusedAndWhatToDo() throws IOException {
        Response response = http.request("GET", "/thing", "evil.example:" + http.port());

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body())
                .contains(
                        "\"status\":403",
                        "\"title\":\"Forbidden\"",
                        "evil.example",
                        "localhost",
                        "switchboard.access.allowed-hosts");
    }

    @Test
    void answersOldClientsThatSendNoHost() {
        assertThat(http.send("GET /thing HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
    }

    @Test
    void refusesAnEmptyHost() {
        assertThat(http.send("GET /thing HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void refusesToChangeAnythingForAPageOfOthers(String method) throws IOException {
        for (String origin :
                new String[] {"http://evil.example", "null", "http://localhost", "chrome-extension://abc"}) {
            Response response = http.request(method, "/thing", "localhost:" + http.port(), "Origin: " + origin);

            assertThat(response.status()).as(origin).isEqualTo(403);
            assertThat(response.body()).contains("\"status\":403", origin, "Host header");
        }
    }

    @Test
    void refusesToChangeAnythingForAPageAtAnotherNameOfThisMachine() throws IOException {
        assertThat(http.request("POST", "/thing", "localhost:" + http.port(), "Origin: http://127.0.0.1:" + http.port())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void changesThingsForItsOwnPageAndForProgramsThatAreNoBrowsers() throws IOException {
        String host = "localhost:" + http.port();

        assertThat(http.request("POST", "/thing", host, "Origin: http://" + host)
                        .body())
                .isEqualTo("changed");
        assertThat(http.request("POST", "/thing", host).body()).isEqualTo("changed");
    }

    @Test
    void takesTheUsualPortForGrantedAsBrowsersDo() throws IOException {
        assertThat(http.request("POST", "/thing", "localhost", "Origin: http://localhost")
                        .status())
                .isEqualTo(200);
        assertThat(http.request("POST", "/thing", "localhost", "Origin: https://localhost")
                        .status())
                .isEqualTo(200);
        assertThat(http.request("POST", "/thing", "localhost", "Origin: http://localhost:8080")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void letsPagesOfOthersLinkHere() throws IOException {
        assertThat(http.get("/thing", "Origin: http://evil.example").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void letsPagesOfOthersLoadNothingFromHereButFollowLinks(String site) throws IOException {
        String from = "Sec-Fetch-Site: " + site;

        assertThat(http.get("/thing", from, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image")
                        .status())
                .isEqualTo(403);
        assertThat(http.get("/thing", from, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")
                        .status())
                .isEqualTo(403);
        assertThat(http.get("/thing", from, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/thing", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesWebSocketsToPagesOfOthers() throws IOException {
        String host = "localhost:" + http.port();

        assertThat(http.webSocket("/ws", host, "Origin: http://evil.example").status())
                .isEqualTo(403);
        assertThat(http.webSocket("/ws", host, "Origin: null").status()).isEqualTo(403);
        assertThat(http.webSocket("/ws", "evil.example", "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void opensWebSocketsForItsOwnPageAndForPrograms() throws IOException {
        String host = "localhost:" + http.port();

        assertThat(http.webSocket("/ws", host, "Origin: http://" + host).status())
                .isEqualTo(101);
        assertThat(http.webSocket("/ws", host).status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void tellsItsHealthWhateverTheHost(String path) throws IOException {
        Response response = http.request("GET", path, "10.1.2.3:1234");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("\"status\":\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/",
                "/actuator/health;a=b",
                "/actuator/health/../prometheus",
                "/actuator/%68ealth"
            })
    void tellsNothingElseUnderAPathThatResemblesHealth(String path) throws IOException {
        assertThat(http.request("GET", path, "evil.example").status()).isIn(400, 403);
    }

    @Test
    void asksWhoeverDoesNotOnlyReadHealthLikeAnybody() throws IOException {
        assertThat(http.request("POST", "/actuator/health", "evil.example").status())
                .isEqualTo(403);
    }

    @Test
    void leavesATokenInTheAddressAloneWhenNoneIsNeeded() throws IOException {
        assertThat(http.get("/thing?token=mine").body()).isEqualTo("seen mine");
    }

    @Test
    void keepsItsSocketsFromItsOwnPortThatTheKernelChose() {
        Egress egress = house.bean(Egress.class);

        assertThat(egress.refusal(new InetSocketAddress("127.0.0.1", http.port())))
                .isPresent();
        assertThat(egress.refusal(new InetSocketAddress("127.0.0.1", http.port() - 1)))
                .isEmpty();
    }
}
