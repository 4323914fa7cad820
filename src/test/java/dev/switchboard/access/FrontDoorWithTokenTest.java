package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** A token that was set is asked for on loopback too. */
class FrontDoorWithTokenTest {

    private static final String TOKEN = "b3BlbiBzZXNhbWU/+w==";
    private static final String ENCODED = "b3BlbiBzZXNhbWU%2F%2Bw%3D%3D";

    private static House house;
    private static RawHttp http;

    @BeforeAll
    static void open() {
        house = House.open("switchboard.access.token=" + TOKEN);
        http = house.http();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void asksForTheTokenAndSaysHowToGiveIt() throws IOException {
        Response response = http.get("/thing");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).hasValue("Bearer");
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body())
                .contains("\"status\":401", "?token=", "Authorization: Bearer")
                .doesNotContain(TOKEN);
    }

    @Test
    void asksForItEverywhereButForHealth() throws IOException {
        for (String path :
                new String[] {"/", "/nothing", "/error", "/actuator", "/actuator/prometheus", "/v3/api-docs"}) {
            assertThat(http.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(http.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void takesTheTokenInAHeader() throws IOException {
        assertThat(http.get("/thing", "Authorization: Bearer " + TOKEN).body()).isEqualTo("seen nothing");
        assertThat(http.get("/thing", "Authorization: bearer " + TOKEN).status())
                .isEqualTo(200);
        assertThat(http.request("POST", "/thing", "localhost", "Authorization: Bearer " + TOKEN)
                        .body())
                .isEqualTo("changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer b3BlbiBzZXNhbWU/+w",
                "Basic b3BlbiBzZXNhbWU/+w==",
                "b3BlbiBzZXNhbWU/+w=="
            })
    void refusesOtherHeaders(String authorization) throws IOException {
        assertThat(http.get("/thing", "Authorization: " + authorization).status())
                .isEqualTo(401);
    }

    @Test
    void turnsATokenInTheAddressIntoACookieAndTakesItOut() throws IOException {
        Response response = http.get("/thing?a=%20b&token=" + ENCODED + "&c=d");

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("Location")).hasValue("/thing?a=%20b&c=d");
        assertThat(response.header("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Strict", "Path=/")
                        .doesNotContain(TOKEN, "Secure", "Domain"));
        assertThat(response.header("Cache-Control")).hasValue("no-store");

        assertThat(http.get("/thing", response.cookie()).body()).isEqualTo("seen nothing");
        assertThat(http.get("/thing", "Cookie: other=1", response.cookie().replace("Cookie: ", "Cookie: x=y; "))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void leavesTheAddressWithoutQuestionMarkWhenOnlyTheTokenStoodThere() throws IOException {
        assertThat(http.get("/?token=" + ENCODED).header("Location")).hasValue("/");
    }

    @Test
    void neverRedirectsToAnotherHost() throws IOException {
        Response response = http.get("//evil.example/x?token=" + ENCODED);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Location")).isEmpty();

        MockHttpServletRequest pastTheFirewall = new MockHttpServletRequest("GET", "//evil.example/x");
        pastTheFirewall.setQueryString("a=b&token=" + ENCODED);
        assertThat(Credentials.addressWithoutToken(pastTheFirewall)).isEqualTo("/evil.example/x?a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//thing", "/thing;a=b", "/thing%0aX", "/thing%25", "/x/%2e%2e/thing"})
    void refusesPathsThatCanBeReadInTwoWaysAndSaysWhy(String path) throws IOException {
        Response response = http.get(path, "Authorization: Bearer " + TOKEN);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body()).contains("\"status\":400", "\"detail\":\"No address, header or method");
    }

    @Test
    void keepsNoSession() throws IOException {
        assertThat(http.get("/thing").head()).doesNotContain("Set-Cookie");
        assertThat(http.get("/thing", "Authorization: Bearer " + TOKEN).head())
                .doesNotContain("Set-Cookie", "JSESSIONID");
        assertThat(http.get("/login", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(404);
        assertThat(http.get("/logout", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(404);
    }

    @Test
    void leavesTheHeaderOfAProxyAloneWhereThereIsACookie() throws IOException {
        String cookie = http.get("/?token=" + ENCODED).cookie();

        for (int i = 0; i <= WrongTries.BURST; i++) {
            assertThat(http.get("/thing", cookie, "Authorization: Bearer of-the-proxy")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(http.get("/thing", "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=wrong", "token=", "token", "Token=" + ENCODED, "token=%zz", "xtoken=" + ENCODED})
    void refusesOtherTokensInTheAddress(String query) throws IOException {
        Response response = http.get("/thing?" + query);

        assertThat(response.status()).isIn(400, 401);
        assertThat(response.header("Set-Cookie")).isEmpty();
    }

    @Test
    void takesNoTokenFromTheAddressOfARequestThatChangesThings() throws IOException {
        assertThat(http.request("POST", "/thing?token=" + ENCODED, "localhost").status())
                .isEqualTo(401);
    }

    @Test
    void refusesTheTokenAsCookie() throws IOException {
        String name = http.get("/?token=" + ENCODED).cookie().split("=")[0];

        assertThat(http.get("/thing", name + "=" + TOKEN).status()).isEqualTo(401);
        assertThat(http.get("/thing", name + "=").status()).isEqualTo(401);
    }

    @Test
    void keepsTheCookiesOfTwoSwitchboardsOnOneMachineApart() throws IOException {
        String here =
                http.request("GET", "/?token=" + ENCODED, "localhost:1111").cookie();
        String there =
                http.request("GET", "/?token=" + ENCODED, "localhost:2222").cookie();

        assertThat(here.split("=")[0]).isNotEqualTo(there.split("=")[0]);
    }

    @Test
    void opensWebSocketsWithTheTokenOnly() throws IOException {
        String host = "localhost:" + http.port();
        String cookie = http.get("/?token=" + ENCODED).cookie();

        assertThat(http.webSocket("/ws", host).status()).isEqualTo(401);
        assertThat(http.webSocket("/ws", host, "Origin: http://" + host, cookie).status())
                .isEqualTo(101);
        assertThat(http.webSocket("/ws", host, "Authorization: Bearer " + TOKEN).status())
                .isEqualTo(101);
        assertThat(http.webSocket("/ws", host, "Origin: http://evil.example", cookie)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusesHostsAndOriginsEvenWithTheToken() throws IOException {
        String bearer = "Authorization: Bearer " + TOKEN;

        assertThat(http.request("GET", "/thing", "evil.example", bearer).status())
                .isEqualTo(403);
        assertThat(http.request("GET", "/thing?token=" + ENCODED, "evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(http.request("POST", "/thing", "localhost", bearer, "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
    }
}
