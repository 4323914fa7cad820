package dev.switchboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The properties there are, out of the metadata that is made of their records when they are compiled. */
final class KnownSettings {

    static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** Metadata is pretty-printed JSON; to parse it as such would cost a start more than all of this. */
    private static final Pattern NAME = Pattern.compile("\"name\": \"(switchboard\\.[^\"]+)\"");

    private final List<String> names;
    private final Set<String> letters;

    private KnownSettings(List<String> names) {
        this.names = names;
        this.letters = names.stream().map(KnownSettings::letters).collect(Collectors.toSet());
    }

    /** @param distance how many letters differ */
    record Nearest(String name, int distance) {}

    static KnownSettings read() {
        try {
            for (URL url : Collections.list(KnownSettings.class.getClassLoader().getResources(METADATA))) {
                String json;
                try (var in = url.openStream()) {
                    json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
                // Groups come first, and are no properties.
                String properties = json.substring(Math.max(0, json.indexOf("\"properties\"")));
                List<String> names = NAME.matcher(properties)
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList();
                if (!names.isEmpty()) {
                    return new KnownSettings(names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("this was built without the annotation processor that writes " + METADATA);
    }

    /** In whatever way it is written: an index says which of several, and variables have no dashes. */
    boolean has(String name) {
        return letters.contains(letters(name));
    }

    Nearest nearest(String name) {
        String wanted = letters(name);
        return names.stream()
                .map(known -> new Nearest(known, distance(wanted, letters(known))))
                .min(Comparator.comparingInt(Nearest::distance))
                .orElseThrow();
    }

    /** The variable of the environment that stands for a property. */
    static String variable(String name) {
        return name.replace("[]", ".0").toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int i = 1; i <= other.length(); i++) {
            before[i] = i;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
