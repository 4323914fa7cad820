package dev.switchboard;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Switchboard as a process of its own, in a folder of its own, with an environment that a test chooses. */
final class RealProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Path out;
    private final Path err;

    private RealProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static RealProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                Switchboard.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.log");
        Path err = folder.resolve("err.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_") || name.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        return new RealProcess(builder.start(), out, err);
    }

    /** What the jar has, as far as it matters: springdoc, once there, would set itself up. */
    static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !entry.endsWith("test-classes")
                        && !entry.getFileName().toString().startsWith("springdoc-"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What it said so far on its standard output. */
    List<String> said() {
        return read(out).lines().toList();
    }

    String complained() {
        return read(err);
    }

    String until(Predicate<String> line) {
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive() || said().stream().anyMatch(line));
        return said().stream()
                .filter(line)
                .findFirst()
                .orElseThrow(() -> new AssertionError("it ended, and said: " + read(out) + read(err)));
    }

    /** Its exit status, once it has ended by itself. */
    int ended() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on, and said: " + read(out) + read(err));
        }
        return process.exitValue();
    }

    /** Asks it to end, as an operator does. */
    int terminate() throws InterruptedException {
        process.destroy();
        return ended();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
