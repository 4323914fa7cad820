package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.BitSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, 80, true",
        "10.0.0.0/8, 11.0.0.0, 80, false",
        "192.168.1.7, 192.168.1.7, 1, true",
        "192.168.1.7, 192.168.1.6, 1, false",
        "192.168.1.7:22, 192.168.1.7, 22, true",
        "192.168.1.7:22, 192.168.1.7, 23, false",
        "172.16.0.0/12:443, 172.31.9.9, 443, true",
        "172.16.0.0/12:443, 172.32.0.0, 443, false",
        "0.0.0.0/0, 203.0.113.9, 5, true",
        "0.0.0.0/0, 2001:db8::1, 5, false",
        "::/0, 2001:db8::1, 5, true",
        "::/0, 203.0.113.9, 5, false",
        "fe80::/10, fe80::1, 80, true",
        "fe80::/10, febf:ffff::1, 80, true",
        "fe80::/10, fec0::1, 80, false",
        "[fe80::]/10:80, fe80::1, 80, true",
        "[fe80::]/10:80, fe80::1, 81, false",
        "fe80::/10:80, fe80::1, 81, false",
        "[2001:db8::1]:53, 2001:db8::1, 53, true",
        "[2001:db8::1], 2001:db8::1, 9, true",
        "2001:db8::1, 2001:db8::2, 9, false",
    })
    void holdsTheAddressesOfItsBlockOnItsPort(String range, String address, int port, boolean held) {
        assertThat(AddressRange.parse(range)
                        .contains(InetAddress.ofLiteral(address).getAddress(), port))
                .isEqualTo(held);
    }

    @Property
    void holdsAnAddressExactlyWhenItsFirstBitsAreThoseOfTheNetwork(
            @ForAll("addresses") byte[] network,
            @ForAll("addresses") byte[] address,
            @ForAll @IntRange(max = 128) int length)
            throws UnknownHostException {
        int prefixLength = Math.min(length, network.length * Byte.SIZE);
        byte[] masked = network.clone();
        for (int bit = prefixLength; bit < network.length * Byte.SIZE; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        InetAddress literal = InetAddress.getByAddress(masked);
        AddressRange range = AddressRange.parse(literal.getHostAddress() + "/" + prefixLength);

        assertThat(range.contains(network, 1)).isTrue();
        assertThat(range.contains(address, 1))
                .isEqualTo(address.length == network.length
                        && firstBits(address, prefixLength).equals(firstBits(network, prefixLength)));
    }

    private static BitSet firstBits(byte[] address, int count) {
        BitSet bits = new BitSet();
        for (int bit = 0; bit < count; bit++) {
            bits.set(bit, (address[bit / 8] & 0x80 >> bit % 8) != 0);
        }
        return bits;
    }

    /** Few different octets, so that two addresses often share their first bits. */
    @Provide
    Arbitrary<byte[]> addresses() {
        Arbitrary<Byte> octets = Arbitraries.of((byte) 0x20, (byte) 0x21, (byte) 0xa0, (byte) 0xff);
        return Arbitraries.of(4, 16).flatMap(size -> octets.array(byte[].class).ofSize(size));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10/8",
                "10.0.0/8",
                "example.org",
                "10.0.0.256",
                "10.0.0.0/",
                "10.0.0.0/8:",
                "10.0.0.0:80/8",
                "fe80::1%eth0",
                "[fe80::",
                "fe80:::/10",
                "10.0.0.0/-1",
                "http://10.0.0.1"
            })
    void saysHowARangeIsWritten(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("10.0.0.0/8");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, at most 32",
        "fe80::/129, at most 128",
        "10.0.0.1:65536, at most 65535",
        "10.1.2.3/8, Write 10.0.0.0/8",
        "::ffff:10.0.0.1, Write 10.0.0.1 instead",
    })
    void saysWhatIsWrongWithANumberAndHowItWouldBeRight(String text, String wayOut) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wayOut);
    }

    @Property
    void neverLooksUpANameNorFailsOtherwise(@ForAll @StringLength(max = 20) String text) {
        try {
            assertThat(AddressRange.parse(text)).hasToString(text.trim());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(text.trim());
        }
    }

    @Test
    void isShownAsItWasWritten() {
        assertThat(AddressRange.parse(" [fe80::]/10:80 ")).hasToString("[fe80::]/10:80");
    }
}
