package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for what there is. */
@Timeout(120)
class GrafanaTest {

    private static final Path DASHBOARD = Path.of("docs/deploy/grafana-dashboard.json");

    /** A metric, and what it is narrowed down to. */
    private static final Pattern SERIES = Pattern.compile("\\b([a-z]+(?:_[a-z]+)+)\\b(?:\\{([^}]*)\\})?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*=~?\\s*\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    /** Of Prometheus, which knows whom it scraped. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    /** Words of Grafana's language that look like a metric. */
    private static final Set<String> FUNCTIONS = Set.of("label_values");

    private static Scrape scrape;

    @BeforeAll
    static void scrape(@TempDir Path data) throws Exception {
        try (Running run = Running.on(data)) {
            Board board = run.board();
            Board.Made made = board.server();
            try (Peer peer = Peer.connect(made.port())) {
                peer.send("x");
                board.payloadsIn(made, 1);
            }
            scrape = Scrape.of(board.api());
        }
    }

    /** An expression, and how its series are called. */
    private record Query(String expression, String legend) {}

    private static List<Query> queries() {
        JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        target.path("expr").asString(),
                        target.path("legendFormat").asString()));
            }
        }
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            queries.add(new Query(variable.path("query").asString(), ""));
        }
        return queries;
    }

    @Test
    void everyMetricAndLabelItAsksForIsThere() {
        List<Query> queries = queries();
        assertThat(queries).hasSizeGreaterThan(20);
        List<String> found = new ArrayList<>();
        for (Query query : queries) {
            Set<String> labels = new TreeSet<>();
            for (MatchResult series : series(query.expression)) {
                labels.addAll(check(series, query.expression));
                found.add(series.group(1));
            }
            assertThat(labels)
                    .as(query.expression)
                    .containsAll(BY.matcher(query.expression)
                            .results()
                            .flatMap(by -> Stream.of(by.group(1).split(",\\s*")))
                            .toList());
            assertThat(labels)
                    .as("%s in the legend of %s", query.legend, query.expression)
                    .containsAll(LEGEND.matcher(query.legend)
                            .results()
                            .map(label -> label.group(1))
                            .toList());
        }
        assertThat(found).hasSizeGreaterThan(20);
    }

    private static List<MatchResult> series(String expression) {
        String bare = BY.matcher(expression).replaceAll("");
        return SERIES.matcher(bare)
                .results()
                .filter(match -> !FUNCTIONS.contains(match.group(1)))
                .toList();
    }

    /** @return the labels that the metric has */
    private static Set<String> check(MatchResult series, String expression) {
        Set<String> labels = scrape.labelsOf(series.group(1));
        assertThat(scrape.find(series.group(1)))
                .as("%s of %s", series.group(1), expression)
                .isPresent();
        Map<String, String> wanted = series.group(2) == null
                ? Map.of()
                : LABEL.matcher(series.group(2))
                        .results()
                        .filter(label -> !OF_PROMETHEUS.contains(label.group(1)))
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
        assertThat(labels).as("labels of %s in %s", series.group(1), expression).containsAll(wanted.keySet());
        wanted.forEach((label, value) -> {
            if (value.matches("[a-z][a-z.-]*")) {
                assertThat(scrape.find(series.group(1), label, value))
                        .as("%s{%s=%s}", series.group(1), label, value)
                        .isPresent();
            }
        });
        return labels;
    }
}
