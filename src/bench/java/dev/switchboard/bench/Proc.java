package dev.switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of a process and of this machine, in {@code /proc} (proc(5)). */
final class Proc {

    /** {@code USER_HZ}: the unit of CPU times in {@code /proc/PID/stat}, 100 a second on every Linux there is. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int UTIME = 11;

    private Proc() {}

    /** CPU time the process has used, user and system, in nanoseconds; exact to 10 ms. */
    static long cpuNanos(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The second field is a name in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) * NANOS_PER_TICK;
    }

    /** Resident memory of the process in bytes. */
    static long residentBytes(long pid) throws IOException {
        return 1024 * number(Files.readAllLines(Path.of("/proc/" + pid + "/status")), "VmRSS:");
    }

    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** Datagrams the kernel dropped because the receive buffer of the socket bound to that port was full. */
    static long udpDrops(int port) throws IOException {
        String local = ":%04X".formatted(port);
        // A socket made for both families is in the second table.
        for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[1].endsWith(local)) {
                    return Long.parseLong(fields[fields.length - 1]);
                }
            }
        }
        throw new IOException("no UDP socket is bound to port " + port);
    }

    static String cpuModel() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** The load average of the last minute. */
    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}
