package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.each;
import static dev.switchboard.endpoint.Api.object;
import static dev.switchboard.endpoint.Board.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.endpoint.Board.Made;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EndpointCallsTest extends OnOneBoard {

    private static final String ENDPOINTS = "/api/endpoints";

    private List<String> names() {
        return each(api.get(ENDPOINTS).ok(200).path("items")).stream()
                .map(endpoint -> endpoint.path("name").asString())
                .toList();
    }

    private static String file() throws IOException {
        return Files.readString(DATA.resolve("endpoints.json"));
    }

    private static void nobodyListensAt(int port) {
        assertThatThrownBy(() -> Peer.connect(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void makesAListenerOnAFreePortWhileTheProcessRuns() throws Exception {
        String name = fresh("meter");
        Api.Answer answer = api.post(
                ENDPOINTS,
                object(
                        "name",
                        name,
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        object("type", "crlf"),
                        "maxFrameBytes",
                        4096,
                        "onReceive",
                        "none",
                        "description",
                        "the line meter in lab 2"));

        JsonNode made = answer.ok(201);
        assertThat(answer.header("Location")).isEqualTo(ENDPOINTS + "/" + name);
        assertThat(made.path("state").asString()).isEqualTo("listening");
        assertThat(made.path("localAddress").asString()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
        assertThat(made.path("bind").asString()).isEqualTo("127.0.0.1:0");
        assertThat(made.path("remote").isNull()).isTrue();
        assertThat(made.path("framing").path("type").asString()).isEqualTo("crlf");
        assertThat(made.path("maxFrameBytes").asInt()).isEqualTo(4096);
        assertThat(made.path("autoStart").asBoolean()).isTrue();
        assertThat(made.path("onReceive").asString()).isEqualTo("none");
        assertThat(made.path("tls").isNull()).isTrue();
        assertThat(made.path("description").asString()).isEqualTo("the line meter in lab 2");
        assertThat(made.path("declared").asBoolean()).isFalse();
        assertThat(made.path("failure").isNull()).isTrue();
        assertThat(made.path("startedAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(made.path("counters").propertyNames())
                .contains(
                        "connectionsOpen",
                        "connectionsTotal",
                        "framesIn",
                        "framesOut",
                        "bytesIn",
                        "bytesOut",
                        "errors",
                        "captureGap");
        assertThat(api.get(ENDPOINTS + "/" + name).ok(200).path("localAddress")).isEqualTo(made.path("localAddress"));
        int port = Integer.parseInt(made.path("localAddress").asString().split(":")[1]);
        Peer.connect(port).close();
    }

    @Test
    void deletesWhileTheProcessRunsAndTheNameAndThePortAreFreeAgain() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            board.drop(made);
            peer.seesFin();
        }
        nobodyListensAt(made.port());
        api.get(made.path()).problem(404);
        api.delete(made.path()).problem(404);
        assertThat(names()).doesNotContain(made.name());
        assertThat(file()).doesNotContain(made.name());
        Made again = board.make(object("name", made.name(), "type", "tcp-server", "bind", "127.0.0.1:" + made.port()));
        assertThat(again.port()).isEqualTo(made.port());
    }

    @Test
    void historyOfADeletedEndpointStays() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("remember me");
            assertThat(board.payloadsIn(made, 1)).containsExactly("remember me");
        }
        board.drop(made);
        assertThat(board.payloadsIn(made, 1)).containsExactly("remember me");
    }

    @Test
    void listsNewestFirstInPages() {
        List<Made> made = List.of(board.server(), board.server(), board.server());

        JsonNode first = api.get(ENDPOINTS + "?limit=2").ok(200);
        JsonNode second = api.get(
                        ENDPOINTS + "?limit=2&before=" + first.path("next").asString())
                .ok(200);

        assertThat(each(first.path("items")).stream()
                        .map(item -> item.path("name").asString()))
                .containsExactly(made.get(2).name(), made.get(1).name());
        assertThat(each(second.path("items")).getFirst().path("name").asString())
                .isEqualTo(made.get(0).name());
        assertThat(second.path("next").isNull()).isTrue();
        api.get(ENDPOINTS + "?limit=0").problem(400, "limit");
        api.get(ENDPOINTS + "?limit=1001").problem(400, "limit");
        api.get(ENDPOINTS + "?limit=many").problem(400, "limit");
        api.get(ENDPOINTS + "?before=nobody").problem(400, "before");
    }

    @Test
    void aTakenNameIsAConflictAndTheFirstGoesOn() throws Exception {
        Made made = board.server();
        api.post(ENDPOINTS, object("name", made.name(), "type", "udp", "bind", "127.0.0.1:0"))
                .problem(409, "name");
        assertThat(board.endpoint(made).path("type").asString()).isEqualTo("tcp-server");
        Peer.connect(made.port()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp"})
    void aTakenPortIsAConflictThatLeavesNothingBehind(String type) throws Exception {
        String name = fresh("unlucky");
        try (PeerServer tcp = PeerServer.listen();
                DatagramSocket udp = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            int taken = type.equals("udp") ? udp.getLocalPort() : tcp.port();
            Map<String, Object> definition = object("name", name, "type", type, "bind", "127.0.0.1:" + taken);
            JsonNode problem = api.post(ENDPOINTS, definition).problem(409, "bind");
            assertThat(problem.path("detail").asString())
                    .contains("127.0.0.1:" + taken)
                    .contains("address already in use");
        }
        api.get(ENDPOINTS + "/" + name).problem(404);
        assertThat(names()).doesNotContain(name);
        board.server();
        assertThat(file()).doesNotContain(name);
        board.make(object("name", name, "type", type, "bind", "127.0.0.1:0"));
    }

    @Test
    void anAddressThatIsNotOursIsAConflict() {
        JsonNode problem = api.post(
                        ENDPOINTS, object("name", fresh("far"), "type", "tcp-server", "bind", "192.0.2.1:9001"))
                .problem(409, "bind");
        assertThat(problem.path("detail").asString()).contains("does not have that address");
    }

    @Test
    void listensOnAllAddressesOfOneFamilyAlone() throws Exception {
        Made made = board.make(object("name", fresh("all"), "type", "tcp-server", "bind", "0.0.0.0:0"));
        assertThat(board.endpoint(made).path("localAddress").asString()).isEqualTo("0.0.0.0:" + made.port());
        try (Peer peer = Peer.connect(made.port())) {
            assertThat(board.openConnections(made, 1).getFirst().path("remote").asString())
                    .isEqualTo(peer.address());
        }
    }

    @Test
    void listensOnIpv6() throws Exception {
        assumeTrue(ipv6(), "no IPv6 on this machine");
        Made made = board.make(object("name", fresh("six"), "type", "tcp-server", "bind", "[::1]:0"));
        try (Socket peer = new Socket(InetAddress.ofLiteral("::1"), made.port())) {
            peer.getOutputStream().write('x');
            assertThat(board.payloadsIn(made, 1)).containsExactly("x");
            assertThat(board.openConnections(made, 1).getFirst().path("remote").asString())
                    .isEqualTo("[::1]:" + peer.getLocalPort());
        }
    }

    private static boolean ipv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void staysStoppedWhenItShallNotStartByItself() {
        Made made = board.server("autoStart", false);
        JsonNode endpoint = board.endpoint(made);
        assertThat(endpoint.path("state").asString()).isEqualTo("stopped");
        assertThat(endpoint.path("localAddress").isNull()).isTrue();
        assertThat(endpoint.path("startedAt").isNull()).isTrue();
    }

    @Test
    void stopsAndStartsAgain() throws Exception {
        Made made = board.server();
        try (Peer peer = Peer.connect(made.port())) {
            String connection = board.connection(made);
            JsonNode stopped = api.post(made.path() + "/stop").ok(200);
            assertThat(stopped.path("state").asString()).isEqualTo("stopped");
            assertThat(stopped.path("localAddress").isNull()).isTrue();
            assertThat(stopped.path("startedAt").isNull()).isTrue();
            peer.seesFin();
            assertThat(board.connection(connection).path("closeReason").asString())
                    .isEqualTo("endpoint-stopped");
        }
        nobodyListensAt(made.port());
        api.post(made.path() + "/stop").ok(200);
        JsonNode started = api.post(made.path() + "/start").ok(200);
        assertThat(started.path("state").asString()).isEqualTo("listening");
        assertThat(api.post(made.path() + "/start").ok(200).path("localAddress"))
                .isEqualTo(started.path("localAddress"));
        assertThat(Board.types(board.events("endpoint=" + made.name())))
                .containsExactly(
                        "created",
                        "bound",
                        "listening",
                        "accepted",
                        "closed",
                        "stopped",
                        "created",
                        "bound",
                        "listening");
    }

    @Test
    void saysWhyItCanNotBeStartedAndStartsOnceThePortIsFree() throws Exception {
        try (PeerServer taken = PeerServer.listen()) {
            Made made = board.make(
                    object("name", fresh("late"), "type", "tcp-server", "bind", taken.address(), "autoStart", false));
            JsonNode problem = api.post(made.path() + "/start").problem(409);
            assertThat(problem.path("detail").asString()).contains("address already in use");
            JsonNode failed = board.endpoint(made);
            assertThat(failed.path("state").asString()).isEqualTo("failed");
            assertThat(failed.path("failure").asString()).contains("address already in use");
            JsonNode event = board.event("endpoint=" + made.name(), "failed");
            assertThat(event.path("call").asString()).isEqualTo("bind");
            assertThat(event.path("detail").asString())
                    .startsWith("bind(" + taken.address() + ") failed: address already in use");
            taken.close();
            JsonNode started = api.post(made.path() + "/start").ok(200);
            assertThat(started.path("state").asString()).isEqualTo("listening");
            assertThat(started.path("failure").isNull()).isTrue();
        }
    }

    @Test
    void everyCallOnAnUnknownEndpointIsA404() {
        api.get(ENDPOINTS + "/nobody").problem(404);
        api.delete(ENDPOINTS + "/nobody").problem(404);
        api.post(ENDPOINTS + "/nobody/start").problem(404);
        api.post(ENDPOINTS + "/nobody/stop").problem(404);
        api.post(ENDPOINTS + "/nobody/messages", object("payload", "x")).problem(404);
        api.put(ENDPOINTS + "/nobody", object("type", "udp", "bind", "127.0.0.1:0"))
                .problem(404);
    }

    // ------------------------------------------------------------------ replacing

    @Test
    void aReplacementThatNeedsNoOtherSocketKeepsConnectionsOpen() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            String connection = board.connection(made);
            JsonNode replaced = api.put(
                            made.path(),
                            object(
                                    "name",
                                    made.name(),
                                    "type",
                                    "tcp-server",
                                    "bind",
                                    "127.0.0.1:0",
                                    "framing",
                                    object("type", "lf"),
                                    "onReceive",
                                    "echo",
                                    "description",
                                    "now an echo"))
                    .ok(200);
            assertThat(replaced.path("onReceive").asString()).isEqualTo("echo");
            assertThat(replaced.path("description").asString()).isEqualTo("now an echo");
            peer.send("hello\n");
            assertThat(peer.readText(6)).isEqualTo("hello\n");
            assertThat(board.connection(made)).isEqualTo(connection);
        }
    }

    @Test
    void aReplacementWithAnotherFramingOpensTheSocketAnew() throws Exception {
        Made made = board.framed("type", "lf");
        try (Peer peer = Peer.connect(made.port())) {
            board.connection(made);
            api.put(
                            made.path(),
                            object(
                                    "type",
                                    "tcp-server",
                                    "bind",
                                    "127.0.0.1:" + made.port(),
                                    "framing",
                                    object("type", "nul")))
                    .ok(200);
            peer.seesFin();
        }
        try (Peer peer = Peer.connect(made.port())) {
            peer.send("a\nb\0");
            assertThat(board.payloadsIn(made, 1)).containsExactly("a\\nb");
        }
    }

    @Test
    void aReplacementWhosePortIsTakenIsRefusedAndTheOldOneGoesOn() throws Exception {
        Made made = board.server();
        try (PeerServer taken = PeerServer.listen()) {
            api.put(made.path(), object("type", "tcp-server", "bind", taken.address()))
                    .problem(409, "bind");
        }
        JsonNode endpoint = board.endpoint(made);
        assertThat(endpoint.path("bind").asString()).isEqualTo("127.0.0.1:0");
        assertThat(endpoint.path("state").asString()).isEqualTo("listening");
        assertThat(file()).contains(made.name());
    }

    @Test
    void aReplacementThatCanNotBeHadDisturbsNoConnection() throws Exception {
        Made made = board.server();
        try (PeerServer taken = PeerServer.listen();
                Peer peer = Peer.connect(made.port())) {
            String connection = board.connection(made);
            JsonNode problem = api.put(made.path(), object("type", "tcp-server", "bind", taken.address()))
                    .problem(409, "bind");
            assertThat(problem.path("detail").asString()).contains("it goes on as it was");
            assertThat(board.connection(made)).isEqualTo(connection);
            peer.send("undisturbed");
            assertThat(board.payloadsIn(made, 1)).containsExactly("undisturbed");
        }
    }

    @Test
    void aReplacementOfAStoppedEndpointStaysStopped() {
        Made made = board.server();
        api.post(made.path() + "/stop").ok(200);
        JsonNode replaced = api.put(made.path(), object("type", "udp", "bind", "127.0.0.1:0"))
                .ok(200);
        assertThat(replaced.path("type").asString()).isEqualTo("udp");
        assertThat(replaced.path("state").asString()).isEqualTo("stopped");
        assertThat(api.post(made.path() + "/start").ok(200).path("state").asString())
                .isEqualTo("bound");
    }

    @Test
    void anEndpointKeepsItsName() {
        Made made = board.server();
        api.put(made.path(), object("name", "other", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .problem(422, "name");
    }

    // ------------------------------------------------------------------ what is wrong with a definition

    @Test
    void everyFieldAtFaultIsNamedAtOnce() {
        api.post(
                        ENDPOINTS,
                        object(
                                "name",
                                "No Good",
                                "type",
                                "tcp-server",
                                "bind",
                                "127.0.0.1",
                                "maxFrameBytes",
                                0,
                                "onReceive",
                                "shout",
                                "framing",
                                object("type", "morse")))
                .problem(422, "name", "bind", "maxFrameBytes", "onReceive", "framing.type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls           | {\"enabled\":true}       | tcp-server",
                "socketOptions | {\"keepAlive\":true}     | tcp-server",
                "multicast     | {\"group\":\"239.1.1.1\"} | udp",
                "broadcast     | true                    | udp",
            })
    void whatIsNotSupportedYetIsRefusedSayingSo(String field, String value, String type) {
        String body = "{\"name\":\"%s\",\"type\":\"%s\",\"bind\":\"127.0.0.1:0\",\"%s\":%s}"
                .formatted(fresh("early"), type, field, value);
        JsonNode problem = api.post(ENDPOINTS, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .problem(422, field);
        assertThat(problem.path("detail").asString()).contains("not supported yet");
    }

    @Test
    void anUnknownFieldIsRefusedByName() {
        JsonNode problem = api.post(ENDPOINTS, object("name", fresh("typo"), "type", "udp", "bnid", "127.0.0.1:0"))
                .problem(400, "bnid");
        assertThat(problem.path("detail").asString()).contains("bind");
        api.post(
                        ENDPOINTS,
                        object(
                                "name",
                                "x",
                                "type",
                                "tcp-server",
                                "bind",
                                "127.0.0.1:0",
                                "framing",
                                object("typ", "lf")))
                .problem(400, "framing.typ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{\"name\": 1}x", "{\"maxFrameBytes\":\"many\"}"})
    void whatIsNoDefinitionAtAllIsMalformed(String body) {
        api.post(ENDPOINTS, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .problem(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "99999999999"})
    void whatIsNoWholeNumberIsNotTakenForOne(String value) {
        String body = "{\"name\":\"%s\",\"type\":\"tcp-server\",\"bind\":\"127.0.0.1:0\",\"maxFrameBytes\":%s}"
                .formatted(fresh("part"), value);
        api.post(ENDPOINTS, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .problem(400, "maxFrameBytes");
    }

    @Test
    void aFieldThatIsGivenTwiceIsMalformed() {
        String body = "{\"name\":\"%s\",\"type\":\"udp\",\"bind\":\"127.0.0.1:0\",\"name\":\"%s\"}"
                .formatted(fresh("twice"), fresh("twice"));
        api.post(ENDPOINTS, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .problem(400);
    }

    @Test
    void aBodyThatIsNotJsonIsAnUnsupportedMediaType() {
        api.post(ENDPOINTS, "text/plain", new byte[] {'x'}).problem(415);
    }

    @Test
    void aDestinationThatOurSocketsMayNotReachIsRefused() {
        api.post(ENDPOINTS, object("name", fresh("inward"), "type", "tcp-client", "remote", "127.0.0.1:" + api.port()))
                .problem(422, "remote");
        api.post(ENDPOINTS, object("name", fresh("cloud"), "type", "tcp-client", "remote", "169.254.169.254:80"))
                .problem(422, "remote");
    }

    // ------------------------------------------------------------------ declared in the configuration

    @Test
    void aDeclaredEndpointIsThereAndSaysSo() throws Exception {
        JsonNode declared = api.get(ENDPOINTS + "/declared").ok(200);
        assertThat(declared.path("declared").asBoolean()).isTrue();
        assertThat(declared.path("state").asString()).isEqualTo("listening");
        assertThat(declared.path("framing").path("delimiter").asString()).isEqualTo(";");
        int port = Integer.parseInt(declared.path("localAddress").asString().split(":")[1]);
        try (Peer peer = Peer.connect(port)) {
            peer.send("to be;");
            assertThat(board.payloads("direction=in&endpoint=declared", 1)).contains("to be");
        }
    }

    @Test
    void aDeclaredEndpointCanBeStoppedButNeitherChangedNorDeleted() throws IOException {
        api.delete(ENDPOINTS + "/declared").problem(409);
        api.put(ENDPOINTS + "/declared", object("type", "udp", "bind", "127.0.0.1:0"))
                .problem(409);
        api.post(ENDPOINTS + "/declared/stop").ok(200);
        assertThat(api.post(ENDPOINTS + "/declared/start").ok(200).path("state").asString())
                .isEqualTo("listening");
        board.server();
        assertThat(file()).doesNotContain("declared");
    }
}
