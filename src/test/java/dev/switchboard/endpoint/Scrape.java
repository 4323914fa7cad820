package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would read at one moment: its text format, version 0.0.4. */
record Scrape(Map<String, Family> families, List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What is said of a metric. */
    record Family(String name, String type, String help) {}

    /** One series, and its value. */
    record Sample(String name, Map<String, String> labels, double value) {

        boolean has(Map<String, String> wanted) {
            return labels.entrySet().containsAll(wanted.entrySet());
        }
    }

    static Scrape of(Api api) {
        Api.Answer answer = api.get("/actuator/prometheus");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain;version=0.0.4");
        Map<String, String> help = new LinkedHashMap<>();
        Map<String, Family> families = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        answer.text().lines().forEach(line -> {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words.length > 3 ? words[3] : "");
            } else if (line.startsWith("# TYPE ")) {
                families.put(words[2], new Family(words[2], words[3], help.getOrDefault(words[2], "")));
            } else if (!line.startsWith("#")) {
                samples.add(sample(line));
            }
        });
        return new Scrape(families, samples);
    }

    private static Sample sample(String line) {
        Matcher matcher = LINE.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        Map<String, String> labels = new TreeMap<>();
        if (matcher.group(2) != null) {
            LABEL.matcher(matcher.group(2)).results().forEach(found -> labels.put(found.group(1), found.group(2)));
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    /**
     * What all series of that name and those labels, given as names and values in turn, add up to; empty without any.
     */
    OptionalDouble find(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        List<Double> values = samples.stream()
                .filter(sample -> sample.name.equals(name) && sample.has(wanted))
                .map(Sample::value)
                .toList();
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        values.stream().mapToDouble(Double::doubleValue).sum());
    }

    double value(String name, String... labels) {
        return find(name, labels).orElseThrow(() -> new AssertionError("there is no " + name + List.of(labels)));
    }

    /** The names of the labels that the series of a metric have. */
    Set<String> labelsOf(String name) {
        Set<String> labels = new TreeSet<>();
        samples.stream()
                .filter(sample -> sample.name.equals(name))
                .forEach(sample -> labels.addAll(sample.labels.keySet()));
        return labels;
    }
}
