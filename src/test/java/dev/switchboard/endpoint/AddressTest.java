package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9001, 127.0.0.1, 9001",
        "meter.lab:502, meter.lab, 502",
        "localhost:0, localhost, 0",
        "[::1]:65535, ::1, 65535",
        "[fe80::1%eth0]:1, fe80::1%eth0, 1",
        "' 127.0.0.1:80 ', 127.0.0.1, 80"
    })
    void readsHostAndPort(String text, String host, int port) {
        Address address = Address.parse(text);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address).hasToString(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "127.0.0.1",
                ":80",
                "host:",
                "host:x",
                "host:-1",
                "host:65536",
                "host:999999",
                "host:8 0",
                "::1:80",
                "[::1]",
                "[]:80",
                "[::1:80",
                "::1]:80",
                "http://host:80",
                "user@host:80",
                "ho st:80",
                "host:٣",
                "h\u00e4st:1",
                "a/b:1",
                "[[::1]]:1"
            })
    void whatIsNoAddressIsRefusedInWords(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, [::1]:7",
        "0:0:0:0:0:0:0:0, [::]:7",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:7",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:7",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:7",
        "1:0:0:0:0:0:0:0, [1::]:7",
        "127.0.0.1, 127.0.0.1:7",
        "::ffff:127.0.0.1, 127.0.0.1:7"
    })
    void writesTheShortFormOfRfc5952(String ip, String text) {
        assertThat(Address.text(new InetSocketAddress(InetAddress.ofLiteral(ip), 7)))
                .isEqualTo(text);
    }

    @Test
    void writesWhatWasNeverResolvedAsItIs() {
        assertThat(Address.text(InetSocketAddress.createUnresolved("meter.lab", 502)))
                .isEqualTo("meter.lab:502");
        assertThat(Address.text(null)).isEqualTo("?");
    }

    @Test
    void aSocketIsOpenedForTheFamilyOfItsAddress() throws UnknownHostException {
        assertThat(Address.family(Address.parse("0.0.0.0:1").resolve())).isEqualTo(StandardProtocolFamily.INET);
        assertThat(Address.family(Address.parse("[::]:1").resolve())).isEqualTo(StandardProtocolFamily.INET6);
    }
}
