package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Generated;
import dev.switchboard.endpoint.Board.Made;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus reads while sockets are used. */
@Timeout(120)
class MetricsTest {

    private static final String OPEN = "switchboard_connections_open";

    private static Running run;
    private static Board board;

    @BeforeAll
    static void start() throws IOException {
        run = Running.on(
                Files.createTempDirectory("metrics"),
                List.of(Workbench.FaultyEngine.class),
                "switchboard.max-endpoint-connections=2",
                "switchboard.max-endpoints=20",
                "switchboard.send-timeout=200ms",
                "switchboard.max-queued=256KB");
        board = run.board();
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    @AfterEach
    void leaveNothing() {
        board.dropAll();
    }

    private static Scrape scrape() {
        return Scrape.of(board.api());
    }

    private static Scrape when(Predicate<Scrape> condition) {
        return await().atMost(Board.PATIENCE).until(MetricsTest::scrape, condition);
    }

    @Test
    void connectionsFramesAndBytesAreCountedByEndpointAndDirection() throws Exception {
        Made made = board.server("framing", Map.of("type", "lf"), "onReceive", "echo");
        String name = made.name();
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("one\ntwo\n");
            assertThat(peer.readText(8)).isEqualTo("one\ntwo\n");
            Scrape scrape = when(it -> it.value("switchboard_frames_total", "endpoint", name, "direction", "out") == 2);
            assertThat(scrape.value("switchboard_frames_total", "endpoint", name, "direction", "in"))
                    .isEqualTo(2);
            assertThat(scrape.value("switchboard_bytes_total", "endpoint", name, "direction", "in"))
                    .isEqualTo(8);
            assertThat(scrape.value("switchboard_bytes_total", "endpoint", name, "direction", "out"))
                    .isEqualTo(8);
            assertThat(scrape.value(OPEN, "endpoint", name)).isEqualTo(1);
            assertThat(scrape.value("switchboard_endpoint_up", "endpoint", name))
                    .isEqualTo(1);
            assertThat(scrape.value("switchboard_endpoints", "state", "listening"))
                    .isEqualTo(1);
        }
        Scrape after = when(it -> it.value(OPEN, "endpoint", name) == 0);
        assertThat(after.value("switchboard_connections_total", "endpoint", name))
                .isEqualTo(1);
        assertThat(after.value("switchboard_connections_closed_total", "endpoint", name, "reason", "peer-closed"))
                .isEqualTo(1);
    }

    @Test
    void theSeriesOfADeletedEndpointGoAndComeBackFromZeroWithItsName() throws Exception {
        Map<String, Object> definition =
                Board.definition("name", Board.fresh("gone"), "type", "tcp-server", "bind", "127.0.0.1:0");
        Made made = board.make(definition);
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("x");
            when(it -> it.value("switchboard_bytes_total", "endpoint", made.name(), "direction", "in") == 1);
        }
        board.drop(made);
        assertThat(scrape().samples()).noneMatch(sample -> sample.labels().containsValue(made.name()));
        board.make(definition);
        assertThat(scrape().value("switchboard_bytes_total", "endpoint", made.name(), "direction", "in"))
                .isZero();
    }

    @Test
    void anEndpointThatCouldNotBeMadeLeavesNoSeries() {
        Made first = board.server();
        board.api()
                .post(
                        "/api/endpoints",
                        Board.definition("name", "second", "type", "tcp-server", "bind", "127.0.0.1:" + first.port()))
                .problem(409);
        assertThat(scrape().samples()).noneMatch(sample -> sample.labels().containsValue("second"));
    }

    @Test
    void aConnectionTooManyIsCountedByTheBoundThatWasReached() throws Exception {
        Made made = board.server();
        try (Peer one = Peer.connect(made.port());
                Peer two = Peer.connect(made.port())) {
            board.openConnections(made, 2);
            try (Socket third = new Socket("127.0.0.1", made.port())) {
                assertThatThrownBy(() -> third.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
        Scrape scrape = when(it -> it.value("switchboard_connections_refused_total", "endpoint", made.name()) == 1);
        assertThat(scrape.value(
                        "switchboard_connections_refused_total",
                        "endpoint",
                        made.name(),
                        "bound",
                        "max-endpoint-connections"))
                .isEqualTo(1);
        assertThat(scrape.value("switchboard_errors_total", "endpoint", made.name(), "kind", "refused"))
                .isEqualTo(1);
        assertThat(scrape.value("switchboard_bound", "bound", "max-endpoint-connections"))
                .isEqualTo(2);
    }

    @Test
    void aPeerThatDoesNotReadShowsAsAQueueAndAsSendsRefused() throws Exception {
        Made made = board.server();
        try (Peer never = Peer.narrow(made.port())) {
            board.connection(made);
            board.api().post(made.messages(), "application/octet-stream", new byte[16 << 20]);
            board.send(made, "payload", "no room").problem(429);
            Scrape scrape = when(it -> it.value("switchboard_send_queue_bytes", "endpoint", made.name()) > 256 << 10);
            assertThat(scrape.value("switchboard_send_queue_longest_bytes", "endpoint", made.name()))
                    .isGreaterThan(256 << 10);
            assertThat(scrape.value("switchboard_sends_refused_total", "endpoint", made.name()))
                    .isPositive();
            never.reset();
        }
        when(it -> it.value("switchboard_send_queue_bytes", "endpoint", made.name()) == 0);
    }

    @Test
    void runningOutOfDescriptorsIsAnErrorOfItsOwnKind() throws Exception {
        Made made = board.server("onReceive", "echo");
        run.bean(FaultyKernel.class).failAccepts(1);
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("x");
            assertThat(peer.readText(1)).isEqualTo("x");
        }
        assertThat(scrape().value("switchboard_errors_total", "endpoint", made.name(), "kind", "descriptors"))
                .isEqualTo(1);
    }

    @Test
    void aStreamThatCantBeCutIsAnErrorOfItsOwnKind() throws Exception {
        Made made = board.framed("type", "json");
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("}");
            peer.seesFin();
        }
        assertThat(scrape().value("switchboard_errors_total", "endpoint", made.name(), "kind", "framing"))
                .isEqualTo(1);
    }

    @Test
    void anAttemptToConnectThatFailsIsAnErrorOfItsOwnKind() throws Exception {
        Made server = board.server();
        board.drop(server);
        Made client = board.client("127.0.0.1:" + server.port());
        Scrape scrape =
                when(it -> it.value("switchboard_errors_total", "endpoint", client.name(), "kind", "connect") >= 1);
        assertThat(scrape.value("switchboard_endpoint_up", "endpoint", client.name()))
                .isZero();
    }

    @Test
    void recordingIsSeenToKeepUp() throws Exception {
        Made made = board.server();
        double before = scrape().value("switchboard_history_kept_frames");
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("x");
            board.payloadsIn(made, 1);
        }
        Scrape scrape = when(it -> it.value("switchboard_history_lag_frames") == 0);
        assertThat(scrape.value("switchboard_history_kept_frames")).isGreaterThan(before);
        assertThat(scrape.value("switchboard_history_recording")).isEqualTo(1);
        assertThat(scrape.value("switchboard_history_size_bytes")).isPositive();
        assertThat(scrape.value("switchboard_history_gap_frames_total")).isZero();
        assertThat(scrape.value("switchboard_capture_congested")).isZero();
    }

    @Test
    void anEndpointTooManyShowsAmongTheRequests() {
        for (int i = 0; i < 20; i++) {
            board.server();
        }
        board.api()
                .post(
                        "/api/endpoints",
                        Board.definition("name", "toomany", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .problem(429);
        Scrape scrape = when(it -> it.find("http_server_requests_seconds_count", "status", "429", "method", "POST")
                .isPresent());
        assertThat(scrape.value(
                        "http_server_requests_seconds_count",
                        "status",
                        "429",
                        "method",
                        "POST",
                        "uri",
                        "/api/endpoints"))
                .isEqualTo(1);
    }

    @Test
    void theDocumentListsWhatThereIs() throws Exception {
        board.server();
        Scrape scrape = scrape();
        Generated.isUpToDate(Path.of("docs/metrics.md"), table(scrape), MetricsTest.class);
    }

    @Test
    void everyBoundOfTheDesignHasAPlaceInTheDocument() throws Exception {
        Set<String> bounds = firstColumn(Path.of("docs/design.md"), "## Bounds");
        Set<String> documented = firstColumn(Path.of("docs/metrics.md"), "## Bounds");
        assertThat(documented).containsExactlyInAnyOrderElementsOf(bounds);
        board.server();
        Scrape scrape = scrape();
        Set<String> named = Pattern.compile("`(switchboard_[a-z_]+)")
                .matcher(Files.readString(Path.of("docs/metrics.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(scrape.families().keySet()).containsAll(named);
    }

    private static String table(Scrape scrape) {
        return "| metric | type | labels | what it says |\n|---|---|---|---|\n"
                + scrape.families().values().stream()
                        .filter(family -> family.name().startsWith("switchboard_"))
                        .map(family -> "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        family.name(),
                                        family.type(),
                                        scrape.labelsOf(family.name()).stream()
                                                .map(label -> "`" + label + "`")
                                                .collect(Collectors.joining(", ")),
                                        family.help()))
                        .collect(Collectors.joining());
    }

    private static Set<String> firstColumn(Path document, String heading) {
        try {
            String text = Files.readString(document);
            String section = text.substring(text.indexOf(heading)).split("\n## ", 2)[0];
            return section.lines()
                    .filter(line -> line.startsWith("| "))
                    .map(line -> line.split("\\|")[1].strip())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
