package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true, false",
        "localhost, localhost, true, false",
        "::1, [::1], true, false",
        "192.0.2.7, 192.0.2.7, false, false",
        "0.0.0.0, localhost, false, true",
        "::, localhost, false, true",
        "'', localhost, false, true",
        ", localhost, false, true",
    })
    void knowsHowFarTheServerCanBeReached(
            @Nullable String configured, String host, boolean loopback, boolean wildcard) {
        assertThat(BindAddress.of(configured)).isEqualTo(new BindAddress(host, loopback, wildcard));
    }

    @Test
    void namesThePropertyOfAnAddressThatIsNone() {
        assertThatThrownBy(() -> BindAddress.of("no such host")).hasMessageContaining("server.address");
    }
}
