package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

/** Bound to where others can reach it, or set up otherwise than it comes. */
@ExtendWith(OutputCaptureExtension.class)
class FrontDoorElsewhereTest {

    private static final Pattern INVITATION = Pattern.compile("(http://localhost:\\d+/)\\?token=([A-Za-z0-9_-]+)");

    @Test
    void printsAnAddressWithATokenOnceWhenOthersCanReachIt(CapturedOutput output) throws IOException {
        try (House house = House.open("server.address=0.0.0.0")) {
            RawHttp http = house.http();
            Matcher invitation = INVITATION.matcher(output);
            assertThat(invitation.find()).isTrue();
            String token = invitation.group(2);

            assertThat(invitation.group(1)).isEqualTo("http://localhost:" + http.port() + "/");
            assertThat(token).hasSizeGreaterThanOrEqualTo(22);
            assertThat(invitation.find()).isFalse();
            assertThat(http.get("/thing").status()).isEqualTo(401);
            assertThat(http.get("/thing", "Authorization: Bearer " + token).status())
                    .isEqualTo(200);
            Response entered = http.get("/?token=" + token);
            assertThat(entered.status()).isEqualTo(303);
            assertThat(http.get("/thing", entered.cookie()).status()).isEqualTo(200);
            assertThat(http.request("GET", "/thing", "lab.example", "Authorization: Bearer " + token)
                            .status())
                    .as("any name, for it can't know all names of this machine")
                    .isEqualTo(200);
            assertThat(http.request("GET", "/actuator/health", "10.0.0.1").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void bindsToAllAddressesWithATokenWhenTheAddressIsTakenAway(CapturedOutput output) throws IOException {
        try (House house = House.open("server.address=")) {
            assertThat(house.http().get("/thing").status()).isEqualTo(401);
            assertThat(INVITATION.matcher(output).find()).isTrue();
        }
    }

    @Test
    void makesAnotherTokenAtEachStart() {
        CookieKey key = CookieKey.ofThisRun();
        assertThat(AccessToken.random(key).text())
                .isNotEqualTo(AccessToken.random(key).text());
    }

    @Test
    void doesNotPrintATokenThatWasSet(CapturedOutput output) throws IOException {
        try (House house = House.open("server.address=0.0.0.0", "switchboard.access.token=open-sesame")) {
            assertThat(house.http()
                            .get("/thing", "Authorization: Bearer open-sesame")
                            .status())
                    .isEqualTo(200);
            assertThat(output)
                    .contains("Open http://localhost:" + house.http().port() + "/")
                    .doesNotContain("open-sesame");
        }
    }

    @Test
    void saysSoWhenATokenIsEasyToGuessAndOthersMayTry(CapturedOutput output) {
        House.open("server.address=0.0.0.0", "switchboard.access.token=thirty-two-characters-or-so")
                .close();
        House.open("switchboard.access.token=open-sesame").close();
        assertThat(output).doesNotContain("openssl");
        House.open(
                        "server.address=0.0.0.0",
                        "switchboard.access.token=thirty-two-characters-or-so",
                        "switchboard.access.viewer-token=looks")
                .close();
        assertThat(output).contains("openssl rand").doesNotContain("looks");
    }

    @Test
    void keepsTokensOutOfTheLogEvenWhenEverythingIsLogged(CapturedOutput output) throws IOException {
        try (House house = House.open("switchboard.access.token=open-sesame", "logging.level.root=debug")) {
            assertThat(house.http().get("/thing?token=open-sesame").status()).isEqualTo(303);
            assertThat(house.http()
                            .get("/thing", "Authorization: Bearer open-sesame")
                            .status())
                    .isEqualTo(200);
        }
        // What is given as an argument is logged by what reads arguments, and is not what this is about.
        assertThat(output).doesNotContain("/thing?token=open-sesame", "Bearer open-sesame");
    }

    @Test
    void answersToTheListedHostsOnly() throws IOException {
        try (House house = House.open(
                "switchboard.access.allowed-hosts=lab.example,::1",
                "server.address=0.0.0.0",
                "switchboard.access.token=t")) {
            RawHttp http = house.http();
            String bearer = "Authorization: Bearer t";

            assertThat(http.request("GET", "/thing", "lab.example:" + http.port(), bearer)
                            .status())
                    .isEqualTo(200);
            assertThat(http.request("GET", "/thing", "[::1]", bearer).status()).isEqualTo(200);
            assertThat(http.request("GET", "/thing", "localhost", bearer).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void answersToTheNameOfItsOwnAddress() {
        AllowedHosts hosts = new AllowedHosts(null, BindAddress.of("192.0.2.7"));

        assertThat(hosts.refusal("192.0.2.7:8080")).isEmpty();
        assertThat(hosts.refusal("localhost:8080")).isEmpty();
        assertThat(hosts.refusal("192.0.2.8:8080")).isPresent();
    }

    @Test
    void looksForHealthUnderTheContextPathAndTheBasePath() throws IOException {
        try (House house = House.open(
                "server.servlet.context-path=/sb",
                "management.endpoints.web.base-path=/manage",
                "switchboard.access.token=t")) {
            RawHttp http = house.http();

            assertThat(http.get("/sb/manage/health").status()).isEqualTo(200);
            assertThat(http.get("/sb/manage/info").status()).isEqualTo(401);
            assertThat(http.get("/manage/health").status()).isNotEqualTo(200);
            assertThat(http.request("GET", "/sb?token=t", "evil.example").status())
                    .as("nobody is sent elsewhere ahead of the front door")
                    .isIn(401, 403);
        }
    }

    @Test
    void guardsAManagementPortOfItsOwnToo() throws IOException {
        try (House house = House.open("management.server.port=0", "switchboard.access.token=t")) {
            RawHttp http = new RawHttp(
                    house.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class));

            assertThat(http.port()).isNotEqualTo(house.http().port());
            assertThat(http.get("/actuator/health").status()).isEqualTo(200);
            assertThat(http.get("/actuator/info").status()).isEqualTo(401);
            assertThat(http.get("/actuator/info", "Authorization: Bearer t").status())
                    .isEqualTo(200);
            assertThat(http.request("GET", "/actuator/info", "evil.example", "Authorization: Bearer t")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void asksForATokenWhenOnlyTheManagementPortCanBeReachedByOthers(CapturedOutput output) throws IOException {
        try (House house = House.open("server.address=127.0.0.1", "management.server.port=0")) {
            RawHttp http = new RawHttp(
                    house.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class));

            assertThat(http.get("/actuator/info").status()).isEqualTo(401);
            assertThat(house.http().get("/thing").status()).isEqualTo(401);
            assertThat(output).contains("?token=");
        }
    }

    @Test
    void asksForNoneWhenTheManagementPortIsOnLoopbackToo() throws IOException {
        try (House house = House.open(
                "server.address=127.0.0.1", "management.server.port=0", "management.server.address=127.0.0.1")) {
            assertThat(house.http().get("/thing").status()).isEqualTo(200);
        }
    }

    @Test
    void doesNotStartWithARangeItCannotRead() {
        assertThatThrownBy(() -> House.open("switchboard.egress.deny=10.0.0.0/8,nowhere"))
                .hasRootCauseMessage("switchboard.egress.deny[1]: \"nowhere\" is not a range of addresses."
                        + " Write it like 10.0.0.0/8, 192.168.1.7:22, fe80::/10 or [fe80::]/10:80, without names.");
    }
}
