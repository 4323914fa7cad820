package dev.switchboard.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kernel's own list of TCP sockets (proc_net_tcp). */
final class KernelSockets {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String SYN_SENT = "02";

    private KernelSockets() {}

    static boolean known() {
        return Files.isReadable(TABLES.getFirst());
    }

    /** How many have sent a SYN to that port and wait for an answer. */
    static long connecting(int port) throws IOException {
        String suffix = ":%04X".formatted(port);
        long count = 0;
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    count += lines.map(line -> line.strip().split("\\s+"))
                            .filter(columns -> columns[2].endsWith(suffix) && columns[3].equals(SYN_SENT))
                            .count();
                }
            }
        }
        return count;
    }
}
