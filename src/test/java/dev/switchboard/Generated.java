package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that is made out of the program, or the part of one between {@code <!-- begin: generated -->} and
 * {@code <!-- end: generated -->}. A test that finds it stale says so, and mends it when it is run with
 * {@code -Ddocs.write}.
 */
public final class Generated {

    private static final String BEGIN = "<!-- begin: generated -->\n";
    private static final String END = "<!-- end: generated -->\n";

    private Generated() {}

    /** The part in {@code document} is {@code expected}, or becomes it. */
    public static void isUpToDate(Path document, String expected, Class<?> test) throws IOException {
        String text = Files.readString(document);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        assertThat(from).as("%s has the mark %s", document, BEGIN).isNotNegative();
        assertThat(to).as("%s has the mark %s", document, END).isGreaterThan(from);
        if (writing()) {
            Files.writeString(
                    document, text.substring(0, from + BEGIN.length()) + "\n" + expected + "\n" + text.substring(to));
            return;
        }
        assertThat(text.substring(from + BEGIN.length(), to).strip())
                .as(stale(document, test))
                .isEqualTo(expected.strip());
    }

    /** All of {@code file} is {@code expected}, or becomes it. */
    public static void allIsUpToDate(Path file, String expected, Class<?> test) throws IOException {
        if (writing()) {
            Files.writeString(file, expected);
            return;
        }
        assertThat(Files.readString(file)).as(stale(file, test)).isEqualTo(expected);
    }

    private static boolean writing() {
        return System.getProperty("docs.write") != null;
    }

    private static String stale(Path document, Class<?> test) {
        return "%s is stale: ./mvnw test -Dtest=%s -Ddocs.write mends it".formatted(document, test.getSimpleName());
    }
}
