package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs what fuzzing starts from, and what it found once, through its targets. Fuzzing itself is in the profile
 * {@code fuzz}; CONTRIBUTING.md says how.
 */
class FuzzCorpusTest {

    /** A folder for each target, with the name of the class; in it a file for each input. */
    private static final Path CORPUS = Path.of("src/fuzz/corpus");

    private static final Path TESTS = Path.of("src/test/java/dev/switchboard");

    @TestFactory
    Stream<DynamicNode> everyInputThatWasKept() throws IOException {
        return listed(CORPUS).stream()
                .map(target -> dynamicContainer(
                        target.getFileName().toString(),
                        listed(target).stream()
                                .map(input -> dynamicTest(
                                        input.getFileName().toString(),
                                        () -> run(target.getFileName().toString(), Files.readAllBytes(input))))));
    }

    @Test
    void everyTargetHasInputsToStartFrom() throws IOException {
        List<String> targets;
        try (Stream<Path> files = Files.walk(TESTS)) {
            targets = files.map(file -> TESTS.relativize(file).toString())
                    .filter(name -> name.endsWith("Fuzz.java"))
                    .map(name -> name.replace(".java", "").replace('/', '.'))
                    .toList();
        }
        assertThat(listed(CORPUS))
                .extracting(target -> target.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(targets);
        assertThat(listed(CORPUS))
                .allSatisfy(target -> assertThat(listed(target)).isNotEmpty());
    }

    private static void run(String target, byte[] input) throws Throwable {
        Method method = Class.forName("dev.switchboard." + target).getMethod("fuzzerTestOneInput", byte[].class);
        try {
            method.invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
