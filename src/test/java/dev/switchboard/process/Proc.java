package dev.switchboard.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process takes, as Linux (proc(5)) and its own JVM tell it. */
public final class Proc {

    /** {@code USER_HZ}: the unit of CPU times in {@code /proc/PID/stat}, 100 a second on every Linux there is. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    /** As {@code 11: 4096 262144 java.lang.String (java.base@25)}. */
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(\\S+)");

    private Proc() {}

    /** Whether this system tells at all. */
    public static boolean known() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }

    /** Files and sockets that are open. */
    public static int descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        }
    }

    public static int threads(long pid) throws IOException {
        return (int) status(pid, "Threads:");
    }

    /** Resident memory in bytes. */
    public static long residentBytes(long pid) throws IOException {
        return 1024 * status(pid, "VmRSS:");
    }

    /** CPU time used so far, user and system; exact to 10 ms. */
    public static long cpuNanos(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The second field is a name in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    /** Bytes of a JVM's heap that are in use after a full collection. */
    public static long liveHeapBytes(long pid) throws IOException {
        jcmd(pid, "GC.run");
        String told = jcmd(pid, "GC.heap_info");
        Matcher used = HEAP_USED.matcher(told);
        if (!used.find()) {
            throw new IOException("jcmd does not tell how much heap is used: " + told);
        }
        return 1024 * Long.parseLong(used.group(1));
    }

    /** How many objects of each class a JVM's heap holds after a full collection, by the name of the class. */
    public static Map<String, Long> liveObjects(long pid) throws IOException {
        return jcmd(pid, "GC.class_histogram")
                .lines()
                .map(HISTOGRAM_LINE::matcher)
                .filter(Matcher::find)
                .collect(Collectors.toMap(line -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum));
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static long status(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
