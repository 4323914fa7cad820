package dev.switchboard.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Has Jazzer look for inputs that a target can't take, one target after the other, each in a process of its own:
 * {@code Fuzzing <seconds for each> [part of a target's name]}. What Jazzer finds is put beside the inputs that are
 * kept, {@code src/fuzz/corpus}, where the tests run it from then on; what it learns on the way stays in
 * {@code target/fuzz}.
 *
 * <p>Names are not looked up meanwhile, and nothing is written outside of {@code target}, that folder and the temporary
 * one.
 */
final class Fuzzing {

    private static final Path CORPUS = Path.of("src/fuzz/corpus");
    private static final Path LEARNT = Path.of("target/fuzz");
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    private Fuzzing() {}

    static void main(String[] args) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(args[0].strip());
        String part = args.length > 1 ? args[1].strip() : "";
        List<Path> targets;
        try (Stream<Path> all = Files.list(CORPUS)) {
            targets = all.filter(target -> target.getFileName().toString().contains(part))
                    .sorted()
                    .toList();
        }
        boolean found = false;
        for (Path target : targets) {
            found |= fuzz(target, seconds);
        }
        System.exit(found ? 1 : 0);
    }

    /** @return whether something was found */
    private static boolean fuzz(Path target, int seconds) throws IOException, InterruptedException {
        String name = target.getFileName().toString();
        Path learnt = Files.createDirectories(LEARNT.resolve(name).resolve("inputs"));
        Path log = LEARNT.resolve(name).resolve("log.txt");
        // Of any other name there is no address, and nobody is asked.
        Path hosts = Files.writeString(LEARNT.resolve("hosts"), "127.0.0.1 localhost\n");
        Path silence = Files.writeString(
                LEARNT.resolve("logback.xml"), "<configuration><root level=\"OFF\"/></configuration>\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-Djdk.net.hosts.file=" + hosts.toAbsolutePath(),
                "-Dlogback.configurationFile=" + silence.toAbsolutePath(),
                "-Dlogging.level.root=off",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=dev.switchboard." + name,
                "--instrumentation_includes=dev.switchboard.**",
                "--custom_hook_includes=dev.switchboard.**",
                // Speaking to the server that is tested is no request made on somebody's behalf.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + learnt.getParent(),
                "-artifact_prefix=" + target + "/",
                "-max_total_time=" + seconds,
                "-max_len=16384",
                "-timeout=120",
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                learnt.toString(),
                target.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean found = process.waitFor() != 0;
        String said = Files.readString(log);
        System.out.printf(
                "%-32s %12s executions; edges, features, inputs: %s%s%n",
                name, last(EXECUTIONS, said), last(COVERAGE, said), found ? "; FOUND something, see " + log : "");
        return found;
    }

    private static String last(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .reduce((_, later) -> later)
                .map(Fuzzing::groups)
                .orElse("?");
    }

    private static String groups(MatchResult result) {
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= result.groupCount(); i++) {
            groups.add(result.group(i));
        }
        return String.join(", ", groups);
    }
}
