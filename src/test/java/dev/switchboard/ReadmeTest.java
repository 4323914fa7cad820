package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Does what the documentation tells a reader to do: starts the application on the documented ports, runs the blocks of
 * shell and Python as they stand, in turn, and holds what they print against what is shown. Blocks marked
 * {@code console} are not run.
 *
 * <p>Where the kernel allows it, this happens in a network namespace of its own, so that nobody else's ports are in the
 * way. Elsewhere the documented ports must be free.
 */
class ReadmeTest {

    private static final List<Integer> PORTS = List.of(8080, 9001, 9002, 9003, 9004, 9005);
    private static final long PATIENCE_SECONDS = 300;

    private static final Pattern STEP =
            Pattern.compile("^```(sh|python)\n(.*?)^```\n(?:```text\n(.*?)^```$)?", Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * Starts the application (the arguments), runs the steps once it invites to open the page, and ends it. What it
     * says is read all the time, lest it stops for a full pipe.
     */
    private static final String RUN = """
            mkfifo said
            "$@" >said 2>&1 &
            application=$!
            exec 3<said
            while read -r line <&3; do
              printf '%s\\n' "$line" >>application.log
              case $line in *' Open http'*) invited=yes; break;; esac
            done
            cat <&3 >>application.log &
            if [ "${invited:-no}" = yes ]; then
              for step in step-*; do
                case $step in *.sh) language=bash;; *) language=python3;; esac
                "$language" "$step" >"$step.out" 2>&1 </dev/null || echo "exit status $?" >>"$step.out"
              done
            fi
            kill "$application"
            wait
            """;

    /** What to run, and what it is to print. */
    private record Step(String file, String lines, String shown) {}

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/sockets.md", "docs/operate.md"})
    void everyStepPrintsWhatTheDocumentShows(String document) throws Exception {
        List<Step> steps = steps(Files.readString(Path.of(document)));
        assertThat(steps).hasSizeGreaterThan(5);
        run(steps);
        for (Step step : steps) {
            assertThat(general(read(step.file + ".out")))
                    .as("what these lines of %s print:%n%s", document, step.lines)
                    .isEqualTo(general(step.shown));
        }
    }

    private static List<Step> steps(String document) {
        List<Step> steps = new ArrayList<>();
        for (MatchResult found : STEP.matcher(document).results().toList()) {
            String extension = found.group(1).equals("sh") ? "sh" : "py";
            String shown = found.group(3) == null ? "" : found.group(3);
            steps.add(new Step("step-%02d.%s".formatted(steps.size(), extension), found.group(2), shown));
        }
        return steps;
    }

    private void run(List<Step> steps) throws IOException, InterruptedException {
        for (Step step : steps) {
            Files.writeString(folder.resolve(step.file), step.lines);
        }
        Files.writeString(folder.resolve("run.sh"), RUN);
        List<String> command = new ArrayList<>(namespace());
        if (command.isEmpty()) {
            requireFreePorts();
        }
        command.addAll(List.of("bash", "run.sh"));
        command.addAll(application());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile());
        // A proxy would have its own idea of where localhost is.
        builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended).as("it ended in time; %s", log()).isTrue();
        assertThat(folder.resolve(steps.getLast().file + ".out"))
                .as("the application started; %s", log())
                .exists();
    }

    private static List<String> application() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-cp", RealProcess.classPath(), Switchboard.class.getName());
    }

    /** What to put before a command for it to have a network of its own; nothing where that can't be had. */
    private List<String> namespace() throws InterruptedException {
        List<String> up = List.of("bash", "-c", "ip link set lo up && exec \"$@\"", "-");
        for (List<String> unshare :
                List.of(List.of("unshare", "--net"), List.of("unshare", "--map-root-user", "--net"))) {
            List<String> prefix = Stream.concat(unshare.stream(), up.stream()).toList();
            if (succeeds(Stream.concat(prefix.stream(), Stream.of("true")).toList())) {
                return prefix;
            }
        }
        return List.of();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireFreePorts() {
        for (int port : PORTS) {
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException e) {
                fail(
                        "Port %d is taken on this machine, and no network namespace can be had here: free it, since the"
                                + " documentation speaks of it. (%s)",
                        port, e.getMessage());
            }
        }
    }

    private String log() {
        return "it said:%n%s%s".formatted(read("run.log"), read("application.log"));
    }

    private String read(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what differs each time: ids, times, ports that the kernel chose. */
    private static String general(String text) {
        return text.replaceAll("\\b\\d{16}\\b", "<id>")
                .replaceAll("\\b[0-9a-z]{8}-\\d+\\b", "<connection>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("(127\\.0\\.0\\.1:|'127\\.0\\.0\\.1', )\\d{5}\\b", "$1<port>");
    }
}
