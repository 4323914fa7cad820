package dev.switchboard.pcapng;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What somebody else's program makes of our files. It looks no deeper than TCP and UDP: what stands in there is no
 * protocol it knows, and where a port chosen by the kernel happens to be one of somebody's, it would say so.
 */
public final class Tshark {

    /** Whatever tshark has to say against a packet. */
    public static final String COMPLAINTS = "tcp.analysis.flags || _ws.malformed || ip.checksum.status==0"
            + " || tcp.checksum.status==0 || udp.checksum.status==0";

    private static final List<String> COMMAND = List.of(
            "tshark",
            "-n",
            "-d",
            "tcp.port==1-65535,data",
            "-d",
            "udp.port==1-65535,data",
            "-o",
            "tcp.check_checksum:TRUE",
            "-o",
            "udp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
            "-r");

    private Tshark() {}

    /** Ends the test where it is not installed. */
    public static void assumeInstalled() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory ->
                                Path.of(directory, "tshark").toFile().canExecute()),
                "tshark is not installed");
    }

    /**
     * How a run ended.
     *
     * @param status 0 if all is well
     * @param said line by line
     * @param complaints about the file as a whole
     */
    public record Result(int status, List<String> said, String complaints) {

        /** The same, if all was well. */
        public List<String> ok() {
            assertThat(status).as(complaints).isZero();
            assertThat(complaints).isBlank();
            return said;
        }
    }

    /** Reads the file. */
    public static Result read(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(COMMAND);
        command.add(file.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        try (var out = process.inputReader(UTF_8);
                var err = process.errorReader(UTF_8)) {
            CompletableFuture<List<String>> complaints = CompletableFuture.supplyAsync(() ->
                    err.lines().filter(line -> !line.startsWith("Running as")).toList());
            List<String> said = out.lines().toList();
            return new Result(process.waitFor(), said, String.join("\n", complaints.join()));
        }
    }

    /** The bytes of a stream that each of its two ends sent, by {@code address:port} as tshark writes it. */
    public static Map<String, byte[]> follow(Path file, String stream) throws IOException, InterruptedException {
        List<String> nodes = new ArrayList<>();
        Map<String, ByteArrayOutputStream> sent = new HashMap<>();
        for (String line : read(file, "-q", "-z", "follow,tcp,raw," + stream).said()) {
            if (line.startsWith("Node ")) {
                nodes.add(line.substring("Node 0: ".length()));
            } else if (nodes.size() == 2 && !line.startsWith("===")) {
                sent.computeIfAbsent(nodes.get(line.startsWith("\t") ? 1 : 0), node -> new ByteArrayOutputStream())
                        .writeBytes(HexFormat.of().parseHex(line.strip()));
            }
        }
        Map<String, byte[]> bytes = new HashMap<>();
        nodes.forEach(
                node -> bytes.put(node, sent.containsKey(node) ? sent.get(node).toByteArray() : new byte[0]));
        return bytes;
    }
}
