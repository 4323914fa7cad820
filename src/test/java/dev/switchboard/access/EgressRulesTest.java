package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRulesTest {

    private static final int OWN_PORT = 8080;

    @ParameterizedTest
    @ValueSource(
            strings = {"169.254.169.254", "169.254.0.1", "fe80::1", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200"})
    void deniesLinkLocalAndMetadataAddressesByDefault(String address) {
        assertThat(rules(null, null).refusal(at(address, 80)))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains(address.split("::")[0]).contains("switchboard.egress.deny"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "192.168.1.5", "203.0.113.1", "2001:db8::1", "224.0.0.1"})
    void reachesEverythingElseByDefault(String address) {
        assertThat(rules(null, null).refusal(at(address, 80))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("addressesOfThisMachine")
    void neverReachesItsOwnHttpPort(InetAddress address) {
        Egress allowingAll = rules(List.of(), List.of("0.0.0.0/0", "::/0"));

        assertThat(allowingAll.refusal(new InetSocketAddress(address, OWN_PORT)))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("HTTP port").contains("another port"));
        assertThat(allowingAll.refusal(new InetSocketAddress(address, OWN_PORT + 1)))
                .isEmpty();
    }

    static Stream<InetAddress> addressesOfThisMachine() throws SocketException {
        return Stream.concat(
                Stream.of("0.0.0.0", "::", "127.0.0.1", "127.1.2.3", "::1").map(InetAddress::ofLiteral),
                Stream.concat(
                        Stream.of(mapped(127, 0, 0, 1), mapped(0, 0, 0, 0)),
                        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)));
    }

    @Test
    void reachesTheSamePortOnOtherMachines() {
        assertThat(rules(null, null).refusal(at("203.0.113.1", OWN_PORT))).isEmpty();
    }

    @Test
    void seesTheIpv4AddressInAMappedOne() {
        assertThat(rules(null, null).refusal(new InetSocketAddress(mapped(169, 254, 169, 254), 80)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64:ff9b::169.254.169.254",
                "64:ff9b:1:a9fe:a9:fe00::",
                "64:ff9b:1:a9:fe:a9fe::",
                "64:ff9b:1:0:a9:fea9:fe00:0",
                "64:ff9b:1::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "2001:0:a9fe:a9fe::1",
                "2001:0:c000:201::5601:5601",
                "::169.254.169.254",
                "::ffff:0:169.254.169.254",
                "2001:db8::5efe:169.254.169.254",
                "2001:db8::200:5efe:169.254.169.254"
            })
    void seesTheIpv4AddressThatAGatewayWouldTakeOut(String address) {
        assertThat(rules(null, null).refusal(at(address, 80)))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("169.254.169.254, which is in 169.254.0.0/16"));
        assertThat(rules(List.of(), null).refusal(at(address, 80))).isEmpty();
        assertThat(rules(List.of(), List.of("169.254.0.0/16")).refusal(at(address, 80)))
                .isPresent();
    }

    @Test
    void reachesItsOwnHttpPortThroughNoGatewayEither() {
        Egress allowingAll = rules(List.of(), List.of("::/0"));

        assertThat(allowingAll.refusal(at("64:ff9b::127.0.0.1", OWN_PORT))).isPresent();
        assertThat(allowingAll.refusal(at("64:ff9b::127.0.0.1", OWN_PORT + 1))).isEmpty();
        assertThat(allowingAll.refusal(at("64:ff9b::203.0.113.1", OWN_PORT))).isEmpty();
    }

    @Test
    void takesTheUnspecifiedAddressForLoopbackAsTheKernelDoes() {
        Egress rules = rules(List.of("127.0.0.0/8", "::1"), null);

        assertThat(rules.refusal(at("0.0.0.0", 80))).isPresent();
        assertThat(rules.refusal(at("::", 80))).isPresent();
    }

    @Test
    void deniesWhatIsListedInsteadOfTheDefault() {
        Egress rules = rules(List.of("10.0.0.0/8:22"), null);

        assertThat(rules.refusal(at("10.1.1.1", 22)))
                .hasValue("10.1.1.1:22 is in 10.0.0.0/8:22, which switchboard.egress.deny denies."
                        + " To reach it, take that range out of the property.");
        assertThat(rules.refusal(at("10.1.1.1", 23))).isEmpty();
        assertThat(rules.refusal(at("169.254.1.1", 80))).isEmpty();
    }

    @Test
    void allowsOnlyWhatIsListedWhenAnythingIs() {
        Egress rules = rules(null, List.of("127.0.0.0/8", "[2001:db8::]/32:53"));

        assertThat(rules.refusal(at("127.0.0.9", 9001))).isEmpty();
        assertThat(rules.refusal(at("2001:db8::7", 53))).isEmpty();
        assertThat(rules.refusal(at("2001:db8::7", 54)))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("[2001:db8:0:0:0:0:0:7]:54")
                        .contains("switchboard.egress.allow")
                        .contains("127.0.0.0/8, [2001:db8::]/32:53"));
    }

    @Test
    void deniesEvenWhatIsAllowed() {
        Egress rules = rules(List.of("10.0.0.0/8"), List.of("10.1.0.0/16"));

        assertThat(rules.refusal(at("10.1.0.1", 80)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("switchboard.egress.deny"));
    }

    @Test
    void wantsAResolvedAddress() {
        assertThatThrownBy(() -> rules(null, null).refusal(InetSocketAddress.createUnresolved("example.org", 80)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThePropertyAndThePlaceOfABadRange() {
        assertThatThrownBy(() -> new EgressProperties(List.of("10.0.0.0/8", "nowhere"), null))
                .hasMessageStartingWith("switchboard.egress.deny[1]: \"nowhere\"");
        assertThatThrownBy(() -> new EgressProperties(null, List.of("10.0.0.0/99")))
                .hasMessageStartingWith("switchboard.egress.allow[0]: \"10.0.0.0/99\"");
        assertThatThrownBy(() -> new EgressProperties(null, List.of()))
                .hasMessageContaining("switchboard.egress.allow is empty");
    }

    private static Egress rules(@Nullable List<String> deny, @Nullable List<String> allow) {
        return new EgressRules(new EgressProperties(deny, allow), new OwnHttpPorts(OWN_PORT));
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static InetAddress mapped(int... octets) {
        byte[] bytes = new byte[16];
        bytes[10] = bytes[11] = (byte) 0xff;
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) octets[i];
        }
        try {
            // The other factories would turn it into an Inet4Address.
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
