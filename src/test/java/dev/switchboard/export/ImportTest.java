package dev.switchboard.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "switchboard.starter=false",
            "switchboard.half-close-linger=0s",
            "switchboard.data-dir=${java.io.tmpdir}/switchboard-${random.uuid}"
        })
@Timeout(120)
class ImportTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private JsonMapper json;

    @TempDir
    private Path folder;

    @AfterEach
    void forget() throws Exception {
        for (JsonNode endpoint : ok(call("GET", "/api/endpoints", new byte[0])).path("items")) {
            ok(call("DELETE", "/api/endpoints/" + endpoint.path("name").asString(), new byte[0]));
        }
        ok(call("DELETE", "/api/messages", new byte[0]));
    }

    private HttpResponse<byte[]> call(String method, String path, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            String type = path.contains("/import") ? "application/octet-stream" : "application/json";
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private JsonNode ok(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isBetween(200, 204);
        return json.readTree(answer.body().length == 0 ? "{}".getBytes(UTF_8) : answer.body());
    }

    private JsonNode refused(int status, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return json.readTree(answer.body());
    }

    private int made(String name, String definition) throws Exception {
        JsonNode endpoint = ok(call(
                "POST",
                "/api/endpoints",
                ("{\"name\": \"" + name + "\", \"onReceive\": \"echo\", " + definition + "}").getBytes(UTF_8)));
        String address = endpoint.path("localAddress").asString();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private List<JsonNode> found(String path) throws Exception {
        JsonNode page = ok(call("GET", path, new byte[0]));
        assertThat(page.path("next").isNull()).isTrue();
        return page.path("items").valueStream().toList().reversed();
    }

    private List<JsonNode> messages(String endpoint) throws Exception {
        return found("/api/messages?limit=1000&encoding=hex&endpoint=" + endpoint);
    }

    /** What went each way on each connection, by its addresses. */
    private static Map<String, String> streams(List<JsonNode> messages) {
        Map<String, String> streams = new TreeMap<>();
        for (JsonNode message : messages) {
            String key = message.path("transport").asString() + " "
                    + message.path("local").asString() + " "
                    + message.path("remote").asString() + " "
                    + message.path("direction").asString();
            boolean datagram = message.path("transport").asString().equals("udp");
            streams.merge(key, message.path("payload").asString() + (datagram ? "|" : ""), String::concat);
        }
        return streams;
    }

    private static List<String> frames(List<JsonNode> messages, String direction) {
        return messages.stream()
                .filter(message -> message.path("direction").asString().equals(direction))
                .map(message -> message.path("remote").asString() + " "
                        + message.path("payload").asString() + " "
                        + message.path("wireBytes").asInt() + " "
                        + message.path("complete").asBoolean())
                .toList();
    }

    @Test
    void findsANameThatNobodyHasWhenNoneIsGiven() throws Exception {
        int echo = made("echo", "\"type\": \"tcp-server\", \"bind\": \"127.0.0.1:0\", \"framing\": {\"type\": \"lf\"}");
        try (Socket socket = new Socket("127.0.0.1", echo)) {
            socket.getOutputStream().write("one\n".getBytes(UTF_8));
            assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
        }
        await("both of it").until(() -> messages("echo").size() == 2);
        for (String format : List.of("pcapng", "ndjson")) {
            byte[] file = call("GET", "/api/messages/export?endpoint=echo&format=" + format, new byte[0])
                    .body();
            String first = nameOf(ok(call("POST", "/api/messages/import", file)));
            int number = Integer.parseInt(first.replaceAll("\\D", ""));
            ok(call("POST", "/api/messages/import?name=import-" + (number + 2), file));
            await("another name")
                    .until(() -> call("POST", "/api/messages/import", file).statusCode() == 200);
            ok(call("POST", "/api/messages/import", file));
        }
    }

    private static String nameOf(JsonNode imported) {
        return imported.path("endpoints").path(0).asString();
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Path.of(directory, program).toFile().canExecute());
    }

    /** Of the loopback interface; skips the test where that is not possible. */
    private Process capturing(Path file, int... ports) throws Exception {
        assumeTrue(installed("tcpdump"), "tcpdump is not installed");
        String filter = String.join(
                " or ", Arrays.stream(ports).mapToObj(each -> "port " + each).toList());
        Process tcpdump = new ProcessBuilder(
                        "tcpdump",
                        "-i",
                        "lo",
                        "--immediate-mode",
                        "-U",
                        "-B",
                        "16384",
                        "-s",
                        "0",
                        "-w",
                        file.toString(),
                        filter)
                .redirectErrorStream(true)
                .start();
        String line = tcpdump.inputReader().readLine();
        while (line != null && !line.contains("listening on")) {
            line = tcpdump.inputReader().readLine();
        }
        assumeTrue(line != null, "tcpdump may not capture here");
        return tcpdump;
    }

    private static void finish(Process tcpdump, Path file, int udpPort, String last) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            send(socket, "127.0.0.1", udpPort, last);
            await(last).until(() -> new String(Files.readAllBytes(file), UTF_8).contains(last));
        }
        tcpdump.destroy();
        assertThat(tcpdump.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void send(DatagramSocket socket, String host, int port, String payload) throws IOException {
        byte[] bytes = payload.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(host), port));
    }

    private static void receive(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(20_000);
        socket.receive(new DatagramPacket(new byte[70_000], 70_000));
    }

    @Test
    void aCaptureOfOurOwnTrafficIsWhatWeRecordedOurselves() throws Exception {
        int four = made("four", "\"type\": \"tcp-server\", \"bind\": \"127.0.0.1:0\", \"framing\": {\"type\": \"lf\"}");
        int six = made("six", "\"type\": \"tcp-server\", \"bind\": \"[::1]:0\", \"framing\": {\"type\": \"lf\"}");
        int cards = made("cards", "\"type\": \"udp\", \"bind\": \"127.0.0.1:0\"");
        Path file = folder.resolve("own.pcap");
        Process tcpdump = capturing(file, four, six, cards);

        for (String host : List.of("127.0.0.1", "::1")) {
            try (Socket socket = new Socket(host, host.equals("::1") ? six : four)) {
                String large = "x".repeat(200_000);
                for (String line : List.of("one\ntwo\nthr", "ee\n", large + "\n", "the rest")) {
                    socket.getOutputStream().write(line.getBytes(UTF_8));
                }
                socket.shutdownOutput();
                assertThat(socket.getInputStream().readAllBytes()).hasSize(14 + 200_001);
            }
        }
        Socket resetting = new Socket("127.0.0.1", four);
        resetting.getOutputStream().write("before the reset\n".getBytes(UTF_8));
        assertThat(resetting.getInputStream().readNBytes(17)).hasSize(17);
        resetting.setSoLinger(true, 0);
        resetting.close();
        try (DatagramSocket one = new DatagramSocket();
                DatagramSocket other = new DatagramSocket()) {
            for (String payload : List.of("card", "", "z".repeat(40_000))) {
                send(one, "127.0.0.1", cards, payload);
                receive(one);
                send(other, "127.0.0.1", cards, payload + "!");
                receive(other);
            }
        }
        await("the reset")
                .until(() -> found("/api/events?endpoint=four").stream()
                        .anyMatch(event -> event.path("type").asString().equals("reset")));
        finish(tcpdump, file, cards, "the last card");

        JsonNode imported = ok(call("POST", "/api/messages/import?name=lab&framing=lf", Files.readAllBytes(file)));
        assertThat(imported.path("endpoints").toString()).isEqualTo("[\"lab\"]");
        assertThat(imported.path("format").asString()).isEqualTo("pcap");
        assertThat(imported.path("skippedPackets").asInt()).isZero();
        assertThat(imported.path("gaps").asInt()).isZero();
        assertThat(imported.path("connections").asInt()).isEqualTo(6);

        List<JsonNode> lab = messages("lab");
        assertThat(imported.path("frames").asInt()).isEqualTo(lab.size());
        Map<String, String> expected = new TreeMap<>();
        for (String endpoint : List.of("four", "six", "cards")) {
            expected.putAll(streams(messages(endpoint)));
        }
        // The echo of the last card need not be in the capture.
        Map<String, String> actual = streams(lab);
        String echoed = HexFormat.of().formatHex("the last card".getBytes(UTF_8)) + "|";
        assertThat(List.of(expected, actual))
                .allSatisfy(streams ->
                        streams.entrySet().removeIf(entry -> entry.getValue().equals(echoed)));
        assertThat(actual).isEqualTo(expected);
        for (String endpoint : List.of("four", "six")) {
            assertThat(frames(lab, "in")).containsSubsequence(frames(messages(endpoint), "in"));
        }
        List<String> types = found("/api/events?endpoint=lab").stream()
                .map(event -> event.path("type").asString())
                .toList();
        assertThat(types)
                .containsSubsequence("accepted", "peer-half-closed", "closed", "accepted", "peer-half-closed", "closed")
                .endsWith("accepted", "reset")
                .hasSize(8);
        assertThat(found("/api/events?endpoint=lab").getFirst().path("at").asString())
                .isEqualTo(imported.path("from").asString());

        // In another format, and compressed.
        if (installed("editcap")) {
            Path converted = folder.resolve("own.pcapng");
            Process editcap = new ProcessBuilder("editcap", "-F", "pcapng", file.toString(), converted.toString())
                    .inheritIO()
                    .start();
            assertThat(editcap.waitFor()).isZero();
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(Files.readAllBytes(converted));
            }
            JsonNode again = ok(call("POST", "/api/messages/import?framing=lf", zipped.toByteArray()));
            assertThat(again.path("format").asString()).isEqualTo("pcapng");
            String name = again.path("endpoints").get(0).asString();
            assertThat(name).matches("import-[0-9]+");
            assertThat(streams(messages(name))).containsAllEntriesOf(actual);
        }
    }

    @Test
    void linesOfOurOwnComeBackAsTheyWere() throws Exception {
        int lines = made("lines", "\"type\": \"tcp-server\", \"bind\": \"127.0.0.1:0\"");
        try (Socket socket = new Socket("127.0.0.1", lines)) {
            socket.getOutputStream().write(new byte[] {0, 1, 'a', '\\', '"', (byte) 0xFF, '\n'});
            assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);
        }
        List<JsonNode> before = messages("lines");
        for (String encoding : List.of("escaped", "hex", "base64")) {
            StringBuilder file = new StringBuilder();
            HttpRequest stream = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port
                            + "/api/stream?format=ndjson&endpoint=lines&encoding=" + encoding))
                    .header("Last-Event-ID", "0")
                    .build();
            try (var following = HTTP.send(stream, BodyHandlers.ofLines()).body()) {
                boolean closed = following
                        .peek(line -> file.append(line).append('\n'))
                        .anyMatch(line -> line.contains("\"type\":\"closed\""));
                assertThat(closed).isTrue();
            }
            String torn = file + "{\"event\":\"heartbeat\"}\n{\"event\":\"gap\",\"skipped\":4}\n{\"event\":\"mess";
            JsonNode imported = ok(call("POST", "/api/messages/import?name=" + encoding, torn.getBytes(UTF_8)));
            assertThat(imported.path("format").asString()).isEqualTo("ndjson");
            assertThat(imported.path("gaps").asInt()).isEqualTo(4);
            assertThat(imported.path("warnings").toString()).contains("the end is missing");

            List<JsonNode> after = messages(encoding + "-lines");
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                ObjectNode expected = ((ObjectNode) before.get(i)).deepCopy();
                ObjectNode actual = (ObjectNode) after.get(i);
                for (ObjectNode each : List.of(expected, actual)) {
                    each.remove(List.of("id", "endpoint", "connection"));
                }
                assertThat(actual).isEqualTo(expected);
            }
            assertThat(found("/api/events?endpoint=" + encoding + "-lines"))
                    .extracting(event -> event.path("detail").asString())
                    .isEqualTo(found("/api/events?endpoint=lines").stream()
                            .map(event -> event.path("detail").asString())
                            .toList());
        }
    }

    @Test
    void howLongACallTookComesBackAndNoLineNeedsToSayIt() throws Exception {
        String event = "{\"event\":\"lifecycle\",\"at\":\"2026-08-01T12:00:00.00000%dZ\",\"endpoint\":\"calls\","
                + "\"connection\":null,\"type\":\"bound\",\"call\":\"bind\",\"detail\":\"%s\"%s}\n";
        String file = event.formatted(1, "timed", ",\"took\":112") + event.formatted(2, "untimed", "");
        ok(call("POST", "/api/messages/import?name=took", file.getBytes(UTF_8)));
        assertThat(found("/api/events?endpoint=took-calls"))
                .extracting(found -> found.path("detail").asString() + found.path("took"))
                .containsExactly("timed112", "untimed");
        for (String wrong : List.of("-1", "\"1\"", "1.5", "99999999999999999999")) {
            String broken = event.formatted(1, "timed", ",\"took\":" + wrong);
            assertThat(refused(400, call("POST", "/api/messages/import?name=bad", broken.getBytes(UTF_8)))
                            .path("detail")
                            .asString())
                    .contains("took");
        }
    }

    @Test
    void anImportThatFailsLeavesNothingBehind() throws Exception {
        String good = line("meter", "one", 1);
        JsonNode bad = refused(
                400,
                call(
                        "POST",
                        "/api/messages/import?name=bad",
                        (good + "{\"event\": \"nonsense\"}\n" + good).getBytes(UTF_8)));
        assertThat(bad.path("detail").asString()).contains("line 2").contains("message, lifecycle");
        for (String field : List.of("at", "direction", "payload", "endpoint")) {
            String encoding = field.equals("payload") ? "hex" : "text";
            String broken = good.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"?!\"")
                    .replace("text", encoding);
            assertThat(refused(400, call("POST", "/api/messages/import?name=bad", (broken + good).getBytes(UTF_8)))
                            .path("detail")
                            .asString())
                    .contains("line 1")
                    .contains(field);
        }
        for (String skipped : List.of("-1", "1.5", "99999999999999999999", "9223372036854775807")) {
            String gap = "{\"event\": \"gap\", \"endpoint\": \"meter\", \"skipped\": %s}\n".formatted(skipped);
            assertThat(refused(400, call("POST", "/api/messages/import?name=bad", (good + gap).getBytes(UTF_8)))
                            .path("detail")
                            .asString())
                    .contains("line 2")
                    .contains("skipped");
        }
        assertThat(messages("bad-meter")).isEmpty();
        ok(call("POST", "/api/messages/import?name=bad", good.getBytes(UTF_8)));
        assertThat(messages("bad-meter")).hasSize(1);
    }

    private static String line(String endpoint, String payload, int second) {
        return ("{\"event\":\"message\",\"at\":\"2026-08-01T12:00:%02d.000000Z\",\"endpoint\":\"%s\",\"connection\":\"c\","
                        + "\"transport\":\"tcp\",\"direction\":\"in\",\"origin\":\"peer\",\"local\":\"127.0.0.1:1\","
                        + "\"remote\":\"127.0.0.1:2\",\"payload\":\"%s\",\"encoding\":\"text\",\"new\":[{}]}\n")
                .formatted(second, endpoint, payload);
    }

    @Test
    void aNameIsTakenOnceAndFreeAgainWhenItsTrafficIsForgotten() throws Exception {
        byte[] file = line("meter", "one", 1).getBytes(UTF_8);
        ok(call("POST", "/api/messages/import?name=lab", file));
        JsonNode taken = refused(409, call("POST", "/api/messages/import?name=lab", file));
        assertThat(taken.path("errors").get(0).path("field").asString()).isEqualTo("name");
        assertThat(taken.path("detail").asString()).contains("DELETE /api/messages?endpoint=lab-meter");
        made("live", "\"type\": \"udp\", \"bind\": \"127.0.0.1:0\"");
        byte[] pcap = HexFormat.of().parseHex("a1b2c3d40002000400000000000000000000ffff00000001");
        refused(409, call("POST", "/api/messages/import?name=live", pcap));
        assertThat(ok(call("DELETE", "/api/messages?endpoint=lab-meter", new byte[0]))
                        .path("deleted")
                        .asInt())
                .isEqualTo(1);
        ok(call("POST", "/api/messages/import?name=lab", file));
        String first = ok(call("POST", "/api/messages/import", file))
                .path("endpoints")
                .get(0)
                .asString();
        String second = ok(call("POST", "/api/messages/import", file))
                .path("endpoints")
                .get(0)
                .asString();
        assertThat(List.of(first, second))
                .allMatch(name -> name.matches("import-[0-9]+-meter"))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatIsNoCaptureAndParametersItDoesNotKnow() throws Exception {
        for (String body : List.of("hello, world", "--boundary\r\nContent-", "\u001f\u008b nothing", "x")) {
            JsonNode problem = refused(
                    400,
                    call("POST", "/api/messages/import", body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
            assertThat(problem.path("detail").asString()).isNotBlank();
        }
        refused(400, call("POST", "/api/messages/import", new byte[0]));
        byte[] file = line("meter", "one", 1).getBytes(UTF_8);
        for (String query : List.of(
                "nmae=x",
                "name=Not+a+name",
                "framing=lines",
                "framing=length",
                "bytes=2",
                "framing=fixed&size=0",
                "framing=delimiter&delimiter=%5Cq",
                "format=csv",
                "format=pcap",
                "name=")) {
            refused(400, call("POST", "/api/messages/import?" + query, file));
        }
    }

    @Test
    void whatIsToldWithTimesThatStepBackKeepsItsOrder() throws Exception {
        String file = line("meter", "one", 9) + line("meter", "two", 3);
        JsonNode imported = ok(call("POST", "/api/messages/import?name=late", file.getBytes(UTF_8)));
        assertThat(imported.path("warnings").toString()).contains("1 line with a time before");
        assertThat(messages("late-meter"))
                .extracting(message -> message.path("at").asString())
                .containsExactly("2026-08-01T12:00:09.000000Z", "2026-08-01T12:00:09.000000Z");
    }

    @Test
    void takesFilesLargerThanOtherRequestsAndBodiesThatCallThemselvesForms() throws Exception {
        byte[] one = line("meter", "x".repeat(100_000), 1).getBytes(UTF_8);
        int lines = 400;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/messages/import?name=large"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofInputStream(() -> new InputStream() {
                    private long at;

                    @Override
                    public int read() {
                        return at == (long) one.length * lines ? -1 : one[(int) (at++ % one.length)] & 0xFF;
                    }
                }))
                .build();
        JsonNode imported = ok(HTTP.send(request, BodyHandlers.ofByteArray()));
        assertThat(imported.path("frames").asInt()).isEqualTo(lines);
    }
}
