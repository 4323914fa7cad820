package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words", "ümlaut", "a;b", "=a"})
    void refusesATokenThatNoHeaderCarriesWithoutShowingIt(String token) {
        assertThatThrownBy(() -> new AccessProperties(token, null, null))
                .hasMessageStartingWith("switchboard.access.token ")
                .message()
                .satisfies(message ->
                        assertThat(token.isBlank() || !message.contains(token)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words", "ümlaut", "a;b", "=a"})
    void refusesSuchATokenForViewersToo(String token) {
        assertThatThrownBy(() -> new AccessProperties("t", token, null))
                .hasMessageStartingWith("switchboard.access.viewer-token ");
    }

    @Test
    void refusesOneTokenForBothRolesWithoutShowingIt() {
        assertThatThrownBy(() -> new AccessProperties("the-same", "the-same", null))
                .hasMessageContaining("switchboard.access.token")
                .hasMessageContaining("switchboard.access.viewer-token")
                .message()
                .doesNotContain("the-same");
    }

    @Test
    void doesNotShowTheTokens() {
        assertThat(new AccessProperties("c29tZS10b2tlbg==", "b3RoZXItdG9rZW4=", null).toString())
                .doesNotContain("c29t")
                .doesNotContain("b3Ro");
        assertThat(AccessToken.of("c29tZS10b2tlbg==", CookieKey.ofThisRun()).toString())
                .doesNotContain("c29t");
    }

    @Test
    void takesHostsInAnySpelling() {
        List<String> configured = new AccessProperties(
                        null, null, List.of("Lab.Example.", "192.168.1.7", "::1", "[FE80:0::1]"))
                .allowedHosts();
        AllowedHosts hosts = new AllowedHosts(configured, BindAddress.of("127.0.0.1"));

        assertThat(List.of("lab.example", "LAB.example.:80", "192.168.1.7:1", "[0::1]", "[fe80::1]:8080"))
                .allSatisfy(host -> assertThat(hosts.refusal(host)).isEmpty());
        assertThat(hosts.refusal("localhost")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://lab", "lab:8080", "[::1]:80", "a b", "lab/", "[::1"})
    void refusesWhatIsNotAHostAndSaysHowItIsWritten(String host) {
        assertThatThrownBy(() -> new AccessProperties(null, null, List.of(host)))
                .hasMessageStartingWith("switchboard.access.allowed-hosts: \"" + host + "\"")
                .hasMessageContaining("example.org");
    }

    @Test
    void refusesAnEmptyListOfHosts() {
        assertThatThrownBy(() -> new AccessProperties(null, null, List.of()))
                .hasMessageContaining("switchboard.access.allowed-hosts is empty");
    }
}
