package dev.switchboard.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"switchboard.starter=false", "switchboard.data-dir=${java.io.tmpdir}/switchboard-${random.uuid}"})
@Timeout(120)
class ExportTest {

    @Autowired
    private Capture capture;

    @Autowired
    private JsonMapper mapper;

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private String name = "";
    private ConnectionKey connection = connection(Role.ACCEPTED, "", "127.0.0.1:50412");

    private ConnectionKey connection(Role role, String id, String remote) {
        return new ConnectionKey(id, name, Transport.TCP, role, "127.0.0.1:9001", remote, 0);
    }

    /** Each test has an endpoint to itself, so they don't see each other's traffic. */
    @BeforeEach
    void connect(TestInfo test) {
        String method = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        name = method.substring(0, Math.min(method.length(), 40));
        connection = connection(Role.ACCEPTED, capture.epoch() + "-" + name, "127.0.0.1:50412");
    }

    private Chunk move(Direction direction, byte[] bytes) {
        return capture.moved(
                connection,
                direction,
                bytes,
                FrameEnds.whole(bytes.length, direction == Direction.IN ? Origin.PEER : Origin.OPERATOR),
                null);
    }

    private HttpResponse<byte[]> call(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/messages/export?" + query))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private byte[] export(String query) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call(query);
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
        return response.body();
    }

    private List<JsonNode> lines(String query) throws IOException, InterruptedException {
        return new String(export("format=ndjson&" + query), UTF_8)
                .lines()
                .map(mapper::readTree)
                .toList();
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return mapper.readTree(response.body());
    }

    /** What tshark says of a capture. */
    private List<String> tshark(byte[] capture, String... arguments) throws IOException, InterruptedException {
        Path file = folder.resolve("export.pcapng");
        Files.write(file, capture);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(List.of(arguments));
        Process tshark;
        try {
            tshark = new ProcessBuilder(command).start();
        } catch (IOException e) {
            assumeTrue(false, "tshark is not installed");
            throw e;
        }
        String complaints;
        List<String> said;
        try (var out = tshark.inputReader(UTF_8)) {
            said = out.readAllLines();
        }
        try (var err = tshark.errorReader(UTF_8)) {
            complaints = String.join(
                    "\n",
                    err.lines().filter(line -> !line.startsWith("Running as")).toList());
        }
        assertThat(tshark.waitFor()).as(complaints).isZero();
        assertThat(complaints).isBlank();
        return said;
    }

    /** The bytes of a stream, each way, as tshark follows it. */
    private List<byte[]> followed(byte[] capture) throws IOException, InterruptedException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        boolean payload = false;
        for (String line : tshark(capture, "-q", "-z", "follow,tcp,raw,0")) {
            if (line.startsWith("Node 1:")) {
                payload = true;
            } else if (line.startsWith("===")) {
                payload = false;
            } else if (payload) {
                (line.startsWith("\t") ? second : first)
                        .writeBytes(HexFormat.of().parseHex(line.strip()));
            }
        }
        return List.of(first.toByteArray(), second.toByteArray());
    }

    @Test
    void tsharkFollowsAStreamByteForByteAndFindsNothingToComplainOf() throws Exception {
        Random random = new Random(1);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        capture.connection(connection, LifeCycle.Kind.ACCEPTED, LifeCycle.Call.ACCEPT, "");
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[random.nextInt(1, i % 10 == 0 ? 200_000 : 2_000)];
            random.nextBytes(bytes);
            Direction direction = random.nextBoolean() ? Direction.IN : Direction.OUT;
            (direction == Direction.IN ? in : out).writeBytes(bytes);
            move(direction, bytes);
        }
        capture.connection(connection, LifeCycle.Kind.PEER_HALF_CLOSED, null, "");
        byte[] last = {1, 2, 3};
        out.writeBytes(last);
        move(Direction.OUT, last);
        capture.ended(connection, LifeCycle.Call.CLOSE, "", CloseReason.PEER_CLOSED);

        byte[] file = export("format=pcapng&endpoint=" + name);
        List<byte[]> followed = followed(file);
        assertThat(followed.get(0)).isEqualTo(in.toByteArray());
        assertThat(followed.get(1)).isEqualTo(out.toByteArray());
        assertThat(tshark(file, "-Y", "tcp.analysis.flags")).isEmpty();
        assertThat(tshark(file, "-Y", "tcp.flags.syn == 1 || tcp.flags.fin == 1"))
                .hasSize(4);
        assertThat(tshark(file, "-T", "fields", "-e", "frame.interface_name").getFirst())
                .isEqualTo(name);
    }

    @Test
    void dissectsHttpAndDnsThatWentThroughEndpoints() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket resolver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            post("/api/endpoints", """
                    {"name": "%s", "type": "tcp-client", "remote": "127.0.0.1:%d", "reconnect": false}""".formatted(name, server.getLocalPort()));
            try (Socket peer = server.accept()) {
                post("/api/endpoints/" + name + "/messages", """
                        {"payload": "GET /meter HTTP/1.1\\\\r\\\\nHost: lab\\\\r\\\\n\\\\r\\\\n", "encoding": "escaped"}""");
                assertThat(new String(peer.getInputStream().readNBytes(17), ISO_8859_1))
                        .startsWith("GET /meter");
            }
            byte[] http = export("format=pcapng&endpoint=" + name);
            assertThat(tshark(
                            http,
                            "-d",
                            "tcp.port==" + server.getLocalPort() + ",http",
                            "-Y",
                            "http.request",
                            "-T",
                            "fields",
                            "-e",
                            "http.request.uri"))
                    .containsExactly("/meter");
            assertThat(tshark(http, "-Y", "tcp.analysis.flags")).isEmpty();

            post("/api/endpoints", """
                    {"name": "dns-%s", "type": "udp", "bind": "127.0.0.1:0"}""".formatted(name));
            post("/api/endpoints/dns-" + name + "/messages", """
                    {"payload": "1234 0100 0001 0000 0000 0000 03 6c6162 04 74657374 00 0001 0001", "encoding": "hex",
                     "to": "127.0.0.1:%d"}""".formatted(resolver.getLocalPort()));
            resolver.receive(new DatagramPacket(new byte[512], 512));
            assertThat(tshark(
                            export("format=pcapng&endpoint=dns-" + name),
                            "-d",
                            "udp.port==" + resolver.getLocalPort() + ",dns",
                            "-T",
                            "fields",
                            "-e",
                            "dns.qry.name"))
                    .containsExactly("lab.test");
        }
    }

    @Test
    void holdsOnlyThePacketsInWhichSomethingMeantEndsAndSaysThatOthersAreMissing() throws Exception {
        move(Direction.IN, "one".getBytes(UTF_8));
        move(Direction.IN, "not this".getBytes(UTF_8));
        move(Direction.IN, "once more".getBytes(UTF_8));
        byte[] file = export("format=pcapng&contains=on&endpoint=" + name);
        assertThat(tshark(file, "-T", "fields", "-e", "tcp.payload"))
                .containsExactly(
                        HexFormat.of().formatHex("one".getBytes(UTF_8)),
                        HexFormat.of().formatHex("once more".getBytes(UTF_8)));
        assertThat(tshark(file, "-Y", "tcp.analysis.lost_segment")).hasSize(1);
    }

    @Test
    void writesTheLinesOfTheStreamAndNothingTwice() throws Exception {
        LifeCycle accepted = capture.connection(connection, LifeCycle.Kind.ACCEPTED, LifeCycle.Call.ACCEPT, "");
        Chunk chunk = move(Direction.IN, "a\"\n\u00e9".getBytes(UTF_8));
        List<JsonNode> lines = lines("encoding=hex&connection=" + connection.id());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).get("event").stringValue()).isEqualTo("lifecycle");
        assertThat(lines.get(0).get("id").stringValue()).isEqualTo(Long.toString(accepted.id()));
        JsonNode message = lines.get(1);
        assertThat(message.get("event").stringValue()).isEqualTo("message");
        assertThat(message.get("id").stringValue()).isEqualTo(Long.toString(chunk.id()));
        assertThat(message.get("payload").stringValue()).isEqualTo("61220ac3a9");
        assertThat(message.propertyNames())
                .containsExactly(
                        "event",
                        "id",
                        "at",
                        "endpoint",
                        "connection",
                        "transport",
                        "direction",
                        "origin",
                        "local",
                        "remote",
                        "bytes",
                        "wireBytes",
                        "complete",
                        "payload",
                        "encoding");
        assertThat(lines("direction=in&connection=" + connection.id())).hasSize(1);
    }

    @Test
    void exportsAllOfMuchTrafficInOrderWhileMoreComes() throws Exception {
        for (int i = 0; i < 30_000; i++) {
            move(Direction.IN, ("message " + i).getBytes(UTF_8));
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread more = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                if (!capture.congested()) {
                    move(Direction.OUT, new byte[100]);
                }
                Thread.yield();
            }
        });
        try {
            List<JsonNode> lines = lines("encoding=text&direction=in&endpoint=" + name);
            assertThat(lines).hasSize(30_000);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i).get("payload").stringValue()).isEqualTo("message " + i);
            }
        } finally {
            done.set(true);
            more.join();
        }
    }

    @Test
    void writesRowsThatNoSpreadsheetTakesForFormulas() throws Exception {
        List<String> payloads =
                List.of("plain", "=1+1", "+1", "-1", "@x", "'q", "a,b", "say \"x\"", "two\r\nlines", "");
        for (String payload : payloads) {
            capture.moved(
                    connection,
                    Direction.IN,
                    payload.getBytes(UTF_8),
                    FrameEnds.whole(payload.length(), Origin.PEER),
                    null);
        }
        List<List<String>> rows =
                rows(new String(export("format=csv&encoding=text&connection=" + connection.id()), UTF_8));
        assertThat(rows.getFirst()).isEqualTo(CsvExport.HEADER);
        int column = CsvExport.HEADER.indexOf("payload");
        List<String> cells = rows.stream().skip(1).map(row -> row.get(column)).toList();
        assertThat(cells).allMatch(cell -> cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0);
        assertThat(cells.stream().map(cell -> cell.startsWith("'") ? cell.substring(1) : cell))
                .isEqualTo(payloads);
        assertThat(rows).allMatch(row -> row.size() == CsvExport.HEADER.size());
    }

    /** RFC 4180. */
    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        return rows;
    }

    @Test
    void anExportOfNothingIsAValidEmptyFile() throws Exception {
        assertThat(export("format=ndjson&endpoint=nobody")).isEmpty();
        assertThat(rows(new String(export("format=csv&connection=nobody"), UTF_8)))
                .containsExactly(CsvExport.HEADER);
        assertThat(tshark(export("format=pcapng&endpoint=nobody"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pcapng, application/x-pcapng",
        "ndjson, application/x-ndjson",
        "csv, text/csv;header=present;charset=UTF-8"
    })
    void saysWhatItIsAndHowToNameIt(String format, String mediaType) throws Exception {
        HttpResponse<byte[]> response = call("format=" + format + "&endpoint=meter");
        assertThat(response.headers().firstValue("Content-Type")).hasValue(mediaType);
        assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                .matches("attachment; filename=\"switchboard-meter-\\d{8}T\\d{6}Z\\." + format + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'', format",
        "format=xml, format",
        "format=pcapng&encoding=hex, encoding",
        "format=csv&limit=3, limit",
        "format=csv&direction=up, direction"
    })
    void namesTheParameterThatItCanNotTake(String query, String field) throws Exception {
        HttpResponse<byte[]> response = call(query);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = mapper.readTree(response.body());
        assertThat(problem.get("errors").get(0).get("field").stringValue()).isEqualTo(field);
        if (field.equals("format")) {
            assertThat(problem.get("detail").stringValue()).contains("pcapng", "ndjson", "csv");
        }
    }

    @Test
    void saysWhatWasNotRecorded() throws Exception {
        ConnectionKey peer = new ConnectionKey(
                capture.epoch() + "-u" + name, name, Transport.UDP, Role.PEER, "127.0.0.1:9002", "127.0.0.1:1", 0);
        long missed = 0;
        for (int i = 0; i < 3_000 && missed == 0; i++) {
            missed += capture.datagram(peer, Direction.IN, new byte[60_000], Origin.PEER)
                            .recorded()
                    ? 0
                    : 1;
        }
        assumeTrue(missed > 0, "history kept up");
        while (capture.congested()) {
            Thread.onSpinWait();
        }
        List<JsonNode> gaps = lines("endpoint=" + name).stream()
                .filter(line -> line.get("event").stringValue().equals("gap"))
                .toList();
        assertThat(gaps.stream()
                        .mapToLong(gap -> gap.get("skipped").longValue())
                        .sum())
                .isEqualTo(missed);
        assertThat(rows(new String(export("format=csv&endpoint=" + name), UTF_8)).stream()
                        .filter(row -> row.getFirst().equals("gap"))
                        .mapToLong(row -> Long.parseLong(row.getLast()))
                        .sum())
                .isEqualTo(missed);
    }
}
