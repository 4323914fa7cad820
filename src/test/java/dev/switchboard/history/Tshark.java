package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The reader of captures whose judgement counts. */
public final class Tshark {

    private Tshark() {}

    /** Whether it is there; CI installs it. */
    public static boolean installed() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "tshark")));
    }

    /** What it says of a file, line by line; it must have nothing to complain of reading it. */
    public static List<String> read(Path file, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(List.of(options));
        Path output = Files.createTempFile("tshark", ".out");
        Path errors = Files.createTempFile("tshark", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readAllLines(errors).stream()
                                .filter(line -> !line.isBlank() && !line.contains("Running as user"))
                                .toList())
                        .as("complaints about %s", file)
                        .isEmpty();
                assertThat(process.exitValue()).isZero();
                return Files.readAllLines(output, UTF_8);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
