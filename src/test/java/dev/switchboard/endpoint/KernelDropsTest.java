package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelDropsTest {

    private static final List<String> TABLE = List.of(
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
            " 2471: 0100007F:2329 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711 2 0000000000000000 17",
            " 2472: 00000000:232A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4712 2 0000000000000000 3");

    private static final List<String> TABLE6 = List.of(
            " 1: 0000000000000000FFFF00000100007F:2329 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 4713 2 0000000000000000 5",
            " 2: 00000000000000000000000001000000:2329 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 4714 2 0000000000000000 9");

    @Test
    void findsTheSocketByItsAddressAndPort() {
        assertThat(KernelDrops.find(TABLE, new InetSocketAddress("127.0.0.1", 9001)))
                .hasValue(17);
        assertThat(KernelDrops.find(TABLE, new InetSocketAddress("0.0.0.0", 9002)))
                .hasValue(3);
        assertThat(KernelDrops.find(TABLE, new InetSocketAddress("127.0.0.2", 9001)))
                .isEmpty();
        assertThat(KernelDrops.find(TABLE, new InetSocketAddress("127.0.0.1", 9003)))
                .isEmpty();
    }

    @Test
    void tellsMappedAddressesFromIpv6Ones() {
        assertThat(KernelDrops.find(TABLE6, new InetSocketAddress("127.0.0.1", 9001)))
                .hasValue(5);
        assertThat(KernelDrops.find(TABLE6, new InetSocketAddress("::1", 9001))).hasValue(9);
    }
}
