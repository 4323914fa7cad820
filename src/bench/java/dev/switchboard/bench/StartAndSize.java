package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Compares Switchboard's start and size with those of the smallest web application that Spring Boot makes
 * ({@code src/bench/bare}), both built as the image is: extracted, with an AOT cache made by a training run, and
 * started with the image's options. Their starts take turns.
 *
 * <ul>
 *   <li>start: from the fork to the first TCP connection that is accepted, of the endpoint or of the web server
 *   <li>CPU until then, of all threads
 *   <li>idle: resident memory when two periodic collections have passed
 *   <li>size: what is laid into the image, jars and cache
 * </ul>
 */
final class StartAndSize {

    private static final String TRAINING_RUN = "dev.switchboard.image.TrainingRun";
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    /** In the image it is a minute, which would make each measurement one of minutes. */
    private static final int PERIOD_SECONDS = 5;

    /** @param ends that listening there means that it has started */
    private record Application(String name, Path folder, String jar, List<String> arguments, int ends) {}

    private record Measured(double startMillis, double cpuMillis, double idleBytes) {}

    private final List<String> options;
    private final Path java;
    private final Path work;

    private StartAndSize(Path work) throws IOException {
        this.work = work;
        this.java = Path.of(System.getProperty("java.home"), "bin", "java");
        this.options = Stream.concat(
                        Files.readAllLines(Path.of("src/image/jvm.options")).stream()
                                .filter(line -> line.startsWith("-"))
                                // Where the image, and only the image, has it; and what is set below.
                                .filter(line -> !line.contains("sqlite") && !line.contains("Interval")),
                        Stream.of(
                                "-XX:G1PeriodicGCInterval=" + 1000 * PERIOD_SECONDS,
                                "-XX:TrimNativeHeapInterval=" + 1000 * PERIOD_SECONDS))
                .toList();
    }

    static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println(
                    "Arguments: the jar of the bare application, the jar of Switchboard, the number of rounds");
            System.exit(2);
        }
        Path work = Files.createTempDirectory(Files.createDirectories(Server.WORK), "start")
                .toAbsolutePath();
        try {
            new StartAndSize(work).compare(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
        } finally {
            FileSystemUtils.deleteRecursively(work);
        }
    }

    private void compare(Path bareJar, Path switchboardJar, int rounds) throws Exception {
        int bareHttp = Server.freePort();
        int http = Server.freePort();
        int tcp = Server.freePort();
        Application bare = new Application(
                "bare", work.resolve("bare"), "bare.jar", List.of("--server.port=" + bareHttp), bareHttp);
        Application switchboard = new Application(
                "Switchboard",
                work.resolve("switchboard"),
                "switchboard.jar",
                List.of(
                        "--server.port=" + http,
                        "--switchboard.data-dir=data",
                        "--switchboard.starter=false",
                        "--switchboard.endpoints[0].name=echo",
                        "--switchboard.endpoints[0].type=tcp-server",
                        "--switchboard.endpoints[0].bind=127.0.0.1:" + tcp,
                        "--switchboard.endpoints[0].onReceive=echo"),
                tcp);
        extract(bareJar, bare);
        extract(switchboardJar, switchboard);
        train(bare, List.of());
        train(switchboard, List.of(java.toString(), "-classpath", System.getProperty("java.class.path"), TRAINING_RUN));

        Map<Application, List<Measured>> all = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Application application : List.of(bare, switchboard)) {
                Measured measured = measure(application);
                all.computeIfAbsent(application, any -> new ArrayList<>()).add(measured);
                System.out.println(application.name() + ": " + measured);
            }
        }
        System.out.println("| goal | Switchboard | bare | ratio, median (least–most) |\n|---|---|---|---|");
        report(
                "start to the first accepted connection, ms",
                1.3,
                all.get(switchboard),
                all.get(bare),
                Measured::startMillis);
        report("CPU until then, ms", Double.NaN, all.get(switchboard), all.get(bare), Measured::cpuMillis);
        report("resident when idle, MB", 1.3, all.get(switchboard), all.get(bare), m -> m.idleBytes() / 1e6);
        double size = size(switchboard.folder()) / 1e6;
        double bareSize = size(bare.folder()) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "| what the image adds, MB: ≤ 1.4× | %.0f | %.0f | %.2f× |%n",
                size,
                bareSize,
                size / bareSize);
    }

    private void extract(Path jar, Application application) throws Exception {
        Path named = Files.copy(jar, work.resolve(application.jar()));
        run(
                work,
                List.of(
                        java.toString(),
                        "-Djarmode=tools",
                        "-jar",
                        named.toString(),
                        "extract",
                        "--destination",
                        application.folder().toString()));
    }

    /**
     * @param trainer a command that is given the application's as arguments; none for one that is just started and
     *     stopped
     */
    private void train(Application application, List<String> trainer) throws Exception {
        List<String> command = command(application, "-XX:AOTCacheOutput=application.aot");
        if (trainer.isEmpty()) {
            Process process = start(
                    application,
                    Stream.concat(command.stream(), application.arguments().stream())
                            .toList());
            awaitListening(application, process);
            process.toHandle().destroy();
            process.waitFor();
        } else {
            run(
                    application.folder(),
                    Stream.concat(trainer.stream(), command.stream()).toList());
        }
        if (!Files.exists(application.folder().resolve("application.aot"))) {
            throw new IOException(application.name() + " left no AOT cache");
        }
    }

    private Measured measure(Application application) throws Exception {
        FileSystemUtils.deleteRecursively(application.folder().resolve("data"));
        long began = System.nanoTime();
        Process process = start(
                application,
                Stream.concat(
                                command(application, "-XX:AOTCache=application.aot").stream(),
                                application.arguments().stream())
                        .toList());
        try {
            awaitListening(application, process);
            double millis = (System.nanoTime() - began) / 1e6;
            double cpu = Proc.cpuNanos(process.pid()) / 1e6;
            // Nothing happens that could be waited for: that is what is measured.
            process.waitFor(3 * PERIOD_SECONDS, TimeUnit.SECONDS);
            return new Measured(millis, cpu, Proc.residentBytes(process.pid()));
        } finally {
            process.toHandle().destroy();
            process.waitFor();
        }
    }

    private List<String> command(Application application, String cache) {
        return Stream.of(Stream.of(java.toString()), options.stream(), Stream.of(cache, "-jar", application.jar()))
                .flatMap(part -> part)
                .toList();
    }

    private static Process start(Application application, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(application.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(application.folder().resolve("log").toFile())
                .start();
    }

    private static void awaitListening(Application application, Process process) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!accepts(application.ends())) {
            // Two milliseconds between two tries, so that trying costs the application nothing.
            if (process.waitFor(2, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new IOException(application.name() + " did not start: "
                        + Files.readString(application.folder().resolve("log")));
            }
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(Path folder, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("exit status " + process.exitValue() + " of " + command);
        }
    }

    private static void report(
            String what, double goal, List<Measured> mine, List<Measured> bare, ToDoubleFunction<Measured> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < mine.size(); round++) {
            ratios.add(figure.applyAsDouble(mine.get(round)) / figure.applyAsDouble(bare.get(round)));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s%s | %.0f | %.0f | %s |%n",
                what,
                Double.isNaN(goal) ? "" : ": ≤ " + goal + "×",
                median(mine, figure),
                median(bare, figure),
                Series.of(ratios).text(ratio -> String.format(Locale.ROOT, "%.2f×", ratio)));
    }

    private static double median(List<Measured> all, ToDoubleFunction<Measured> figure) {
        return Series.of(all.stream().map(figure::applyAsDouble).toList()).median();
    }

    private static double size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(jar|aot)"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
