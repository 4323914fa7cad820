package dev.switchboard.pcapng;

/**
 * An address and a port as they stand in packets.
 *
 * @param high the first eight bytes of an IPv6 address; 0 for IPv4
 * @param low the last eight bytes of an IPv6 address, or the four of an IPv4 one
 */
public record Place(boolean v6, long high, long low, int port) {

    private static final int GROUPS = 8;

    /** {@code 192.0.2.1:80} or, in the short form of RFC 5952 section 4.2, {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return v6
                ? "[" + shortForm() + "]:" + port
                : (low >>> 24 & 0xFF) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF) + ":"
                        + port;
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> 16 * (3 - index % 4) & 0xFFFF);
    }

    private String shortForm() {
        int zeroesFrom = -1;
        int zeroes = 1;
        for (int i = 0; i < GROUPS; i++) {
            int j = i;
            while (j < GROUPS && group(j) == 0) {
                j++;
            }
            if (j - i > zeroes) {
                zeroesFrom = i;
                zeroes = j - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == zeroesFrom) {
                text.append("::");
                i += zeroes - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }
}
