package dev.switchboard.access;

import java.util.ArrayList;
import java.util.List;

/**
 * The IPv4 addresses that an IPv6 address is made of: a gateway on the way may take a packet out of the one network and
 * send it on in the other, to where the IPv4 address leads.
 *
 * <pre>
 * byte             0  2  4  6  8  10 12 14
 * NAT64            0064ff9b:0:0:0:0:[v4  ]      RFC 6052, well-known prefix
 * NAT64, local use 0064ff9b:1:[v4 |00|v4 ]…     RFC 8215: the prefix has 48 to 96 bits, RFC 6052 section 2.2
 * 6to4             2002:[v4  ]:…                RFC 3056
 * Teredo           2001:0:[server]:…:[~client]  RFC 4380
 * IPv4-translated  0:0:0:0:ffff:0:[v4  ]        RFC 7915, the prefix of RFC 2765
 * IPv4-compatible  0:0:0:0:0:0:[v4  ]           RFC 4291 section 2.5.5.1
 * ISATAP           …:[00|02]00:5efe:[v4  ]      RFC 5214
 * </pre>
 */
final class EmbeddedAddresses {

    /** Where the four bytes are in a NAT64 address of 48, 56, 64 and 96 bits of prefix; byte 8 is left out. */
    private static final int[][] LOCAL_NAT64 = {{6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}, {12, 13, 14, 15}};

    private static final int[] LAST = {12, 13, 14, 15};

    private EmbeddedAddresses() {}

    /**
     * All that may be in there, as it may not be told which it is.
     *
     * @param address raw, 4 or 16 bytes
     * @return addresses of 4 bytes; none as a rule
     */
    static List<byte[]> of(byte[] address) {
        List<byte[]> found = new ArrayList<>();
        if (address.length != 16) {
            return found;
        }
        if (startsWith(address, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            found.add(bytes(address, LAST));
        } else if (startsWith(address, 0x00, 0x64, 0xff, 0x9b, 0, 1)) {
            for (int[] places : LOCAL_NAT64) {
                found.add(bytes(address, places));
            }
        } else if (startsWith(address, 0x20, 0x02)) {
            found.add(bytes(address, 2, 3, 4, 5));
        } else if (startsWith(address, 0x20, 0x01, 0, 0)) {
            found.add(bytes(address, 4, 5, 6, 7));
            found.add(inverted(bytes(address, LAST)));
        } else if (startsWith(address, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0)) {
            found.add(bytes(address, LAST));
        } else if (startsWith(address, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) && !isUnspecifiedOrLoopback(address)) {
            found.add(bytes(address, LAST));
        }
        boolean isatap = (address[8] & ~2) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == (byte) 0xfe;
        if (isatap) {
            found.add(bytes(address, LAST));
        }
        return found;
    }

    private static boolean isUnspecifiedOrLoopback(byte[] address) {
        return address[12] == 0 && address[13] == 0 && address[14] == 0 && (address[15] & ~1) == 0;
    }

    private static boolean startsWith(byte[] address, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (address[i] != (byte) prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(byte[] address, int... places) {
        byte[] found = new byte[places.length];
        for (int i = 0; i < places.length; i++) {
            found[i] = address[places[i]];
        }
        return found;
    }

    private static byte[] inverted(byte[] four) {
        for (int i = 0; i < four.length; i++) {
            four[i] = (byte) ~four[i];
        }
        return four;
    }
}
