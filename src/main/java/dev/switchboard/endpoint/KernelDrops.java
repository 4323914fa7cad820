package dev.switchboard.endpoint;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many datagrams the kernel threw away because nobody fetched them in time, as Linux counts them for each socket in
 * {@code /proc/net/udp} and {@code /proc/net/udp6} (proc(5)). Elsewhere nobody counts. Any thread.
 *
 * <pre>
 *    sl  local_address rem_address   st tx_queue rx_queue tr tm-&gt;when retrnsmt   uid  timeout inode ref pointer drops
 *   123: 0100007F:2329 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711  2 0000…   17
 * </pre>
 */
final class KernelDrops {

    private static final Logger log = LoggerFactory.getLogger(KernelDrops.class);

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private KernelDrops() {}

    /** For the socket bound to that address; empty where the kernel does not tell. */
    static OptionalLong of(InetSocketAddress local) {
        for (Path table : TABLES) {
            try {
                if (Files.isReadable(table)) {
                    OptionalLong drops = find(Files.readAllLines(table, StandardCharsets.US_ASCII), local);
                    if (drops.isPresent()) {
                        return drops;
                    }
                }
            } catch (IOException e) {
                log.debug("{} can't be read", table, e);
            }
        }
        return OptionalLong.empty();
    }

    static OptionalLong find(List<String> table, InetSocketAddress local) {
        String port = String.format(Locale.ROOT, "%04X", local.getPort());
        for (String line : table) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length >= 13
                    && columns[1].endsWith(":" + port)
                    && sameAddress(columns[1], local.getAddress())) {
                return OptionalLong.of(Long.parseLong(columns[columns.length - 1]));
            }
        }
        return OptionalLong.empty();
    }

    /** The kernel writes each four bytes of the address as one number of the machine, least byte first on most. */
    private static boolean sameAddress(String column, InetAddress address) {
        String hex = column.substring(0, column.indexOf(':'));
        if (address.isAnyLocalAddress()) {
            return hex.chars().allMatch(c -> c == '0');
        }
        String plain = words(address.getAddress());
        // An IPv4 address on a socket of both families, which is what the JVM opens: ::ffff:a.b.c.d.
        return hex.equals(plain) || address instanceof Inet4Address && hex.equals("0000000000000000FFFF0000" + plain);
    }

    private static String words(byte[] address) {
        StringBuilder hex = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int i = 3; i >= 0; i--) {
                hex.append(String.format(Locale.ROOT, "%02X", address[word + i]));
            }
        }
        return hex.toString();
    }
}
