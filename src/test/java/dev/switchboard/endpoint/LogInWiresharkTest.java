package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.endpoint.Board.Made;
import dev.switchboard.pcapng.Tshark;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The file that a Switchboard is writing, as Wireshark sees it meanwhile: every connection looks as it would on the
 * wire, and nothing is wrong with any packet.
 */
class LogInWiresharkTest {

    private static final String ONLY = "127.0.0.1";
    private static final int LARGE = 200 << 10;
    private static final int LARGE_DATAGRAM = 60_000;

    @TempDir
    static Path data;

    private static Running running;
    private static Board board;
    private static ScheduledExecutorService chatter;
    private final List<Said> said = new ArrayList<>();

    /** What went over one connection. Ports are those of the side that is ours, and of the other one. */
    private record Said(int ours, int theirs, byte[] byUs, byte[] byThem) {}

    @BeforeAll
    static void startSomethingThatNeverStopsTalking() {
        Tshark.assumeInstalled();
        running = Running.on(data);
        board = running.board();
        Made listener = board.udp("onReceive", "echo");
        Made talker = board.udp();
        chatter = Executors.newSingleThreadScheduledExecutor();
        chatter.scheduleWithFixedDelay(
                () -> board.send(talker, "payload", "still here", "to", ONLY + ":" + listener.port()),
                0,
                3,
                MILLISECONDS);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            chatter.close();
            running.close();
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static Peer connect(String address, Made made) throws IOException {
        return new Peer(new Socket(InetAddress.ofLiteral(address), made.port()));
    }

    private static void send(String connection, byte[] bytes) {
        board.api()
                .post("/api/connections/" + connection + "/messages", "application/octet-stream", bytes)
                .ok(200);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private void said(JsonNode connection, byte[] byUs, byte[] byThem) {
        said.add(new Said(
                port(connection.path("local").asString()),
                port(connection.path("remote").asString()),
                byUs,
                byThem));
    }

    private static Path log() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("history"))) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static List<String> tshark(String... arguments) throws Exception {
        Tshark.Result result = Tshark.read(log(), arguments);
        // The last block may be on its way into the file while tshark gets there.
        if (!result.complaints().contains("cut short")) {
            result.ok();
        }
        return result.said();
    }

    private static void wiresharkHasNothingToSayAgainstIt() throws Exception {
        assertThat(tshark("-Y", Tshark.COMPLAINTS)).isEmpty();
    }

    private void wiresharkFollowsEveryStream() throws Exception {
        Map<String, String> streams = tshark("-Y", "tcp", "-T", "fields", "-e", "tcp.port", "-e", "tcp.stream").stream()
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(fields -> fields[0], fields -> fields[1], (one, same) -> {
                    assertThat(same).isEqualTo(one);
                    return one;
                }));
        assertThat(said).isNotEmpty();
        for (Said talk : said) {
            String stream = streams.get(talk.theirs + "," + talk.ours);
            String same = streams.getOrDefault(talk.ours + "," + talk.theirs, stream);
            assertThat(same).isNotNull();
            Map<Integer, byte[]> followed = Tshark.follow(log(), same).entrySet().stream()
                    .collect(Collectors.toMap(entry -> port(entry.getKey()), Map.Entry::getValue));
            assertThat(followed).containsOnlyKeys(talk.ours, talk.theirs);
            assertThat(followed.get(talk.ours)).isEqualTo(talk.byUs);
            assertThat(followed.get(talk.theirs)).isEqualTo(talk.byThem);
        }
    }

    private static List<String> flags(Said talk, String field) throws Exception {
        String filter =
                "tcp.port == %d && tcp.port == %d && tcp.flags.%s == 1".formatted(talk.ours, talk.theirs, field);
        return tshark("-Y", filter, "-T", "fields", "-e", "tcp.srcport");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void showsConnectionsToAndFromUsAsTheyWereByteForByte(String address) throws Exception {
        byte[] large = bytes(LARGE);
        Made server = board.server("bind", bracketed(address) + ":0", "onReceive", "echo");
        try (Peer peer = connect(address, server)) {
            JsonNode connection = board.openConnections(server, 1).getFirst();
            peer.send(large);
            assertThat(peer.read(LARGE)).isEqualTo(large);
            peer.send("and more");
            assertThat(peer.readText(8)).isEqualTo("and more");
            peer.halfClose().seesFin();
            board.whenClosed(connection.path("id").asString());
            byte[] all = bytes(LARGE + 8);
            System.arraycopy(large, 0, all, 0, LARGE);
            System.arraycopy(text("and more"), 0, all, LARGE, 8);
            said(connection, all, all);
        }
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
            Made client = board.client(bracketed(address) + ":" + listening.getLocalPort(), "reconnect", false);
            try (Peer peer = new Peer(listening.accept())) {
                JsonNode connection = board.openConnections(client, 1).getFirst();
                String id = connection.path("id").asString();
                send(id, large);
                assertThat(peer.read(LARGE)).isEqualTo(large);
                peer.send("thanks");
                board.payloadsIn(client, 1);
                board.close(id, "").ok(204);
                peer.seesFin();
                said(connection, large, text("thanks"));
            }
            board.eventsUntil("endpoint=" + client.name(), "closed");
        }
        board.eventsUntil("endpoint=" + server.name(), "closed");

        wiresharkHasNothingToSayAgainstIt();
        wiresharkFollowsEveryStream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void showsWhichSideStoppedSendingFirst(String address) throws Exception {
        Made server = board.server("bind", bracketed(address) + ":0");
        try (Peer peer = connect(address, server)) {
            JsonNode connection = board.openConnections(server, 1).getFirst();
            String id = connection.path("id").asString();
            peer.send("question").halfClose();
            board.eventsUntil("connection=" + id, "peer-half-closed");
            send(id, text("a late answer"));
            assertThat(peer.readText(13)).isEqualTo("a late answer");
            board.close(id, "").ok(204);
            peer.seesFin();
            board.eventsUntil("connection=" + id, "closed");
            said(connection, text("a late answer"), text("question"));
        }
        try (Peer peer = connect(address, server)) {
            JsonNode connection = board.openConnections(server, 1).getFirst();
            String id = connection.path("id").asString();
            send(id, text("last words"));
            board.close(id, "?how=half").ok(204);
            assertThat(new String(peer.readAll(), UTF_8)).isEqualTo("last words");
            peer.send("a late question");
            peer.close();
            board.eventsUntil("connection=" + id, "closed");
            said(connection, text("last words"), text("a late question"));
        }

        wiresharkHasNothingToSayAgainstIt();
        wiresharkFollowsEveryStream();
        Said theyFirst = said.getFirst();
        Said weFirst = said.getLast();
        assertThat(flags(theyFirst, "fin")).containsExactly("" + theyFirst.theirs, "" + theyFirst.ours);
        assertThat(flags(weFirst, "fin")).containsExactly("" + weFirst.ours, "" + weFirst.theirs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void showsWhoResetAConnection(String address) throws Exception {
        Made server = board.server("bind", bracketed(address) + ":0");
        try (Peer peer = connect(address, server)) {
            JsonNode connection = board.openConnections(server, 1).getFirst();
            peer.send("enough");
            board.payloadsIn(server, 1);
            peer.reset();
            board.eventsUntil("connection=" + connection.path("id").asString(), "reset");
            said(connection, text(""), text("enough"));
        }
        try (Peer peer = connect(address, server)) {
            JsonNode connection = board.openConnections(server, 1).getFirst();
            String id = connection.path("id").asString();
            send(id, text("go away"));
            assertThat(peer.readText(7)).isEqualTo("go away");
            board.close(id, "?how=reset").ok(204);
            peer.seesReset();
            board.eventsUntil("connection=" + id, "reset");
            said(connection, text("go away"), text(""));
        }

        wiresharkHasNothingToSayAgainstIt();
        wiresharkFollowsEveryStream();
        assertThat(flags(said.getFirst(), "reset")).containsExactly("" + said.getFirst().theirs);
        assertThat(flags(said.getLast(), "reset")).containsExactly("" + said.getLast().ours);
    }

    @Test
    void showsAConnectionBetweenTwoOfOursOnce() throws Exception {
        byte[] large = bytes(LARGE);
        for (int i = 0; i < 5; i++) {
            Made server = board.server("onReceive", "echo");
            Made client = board.client(ONLY + ":" + server.port(), "reconnect", false);
            JsonNode connection = board.openConnections(client, 1).getFirst();
            String id = connection.path("id").asString();
            send(id, large);
            board.whenConnection(id, now -> now.path("bytesIn").asLong() == LARGE);
            board.close(id, "").ok(204);
            board.eventsUntil("endpoint=" + client.name(), "closed");
            board.eventsUntil("endpoint=" + server.name(), "closed");
            said(connection, large, large);
        }

        wiresharkHasNothingToSayAgainstIt();
        wiresharkFollowsEveryStream();
        for (Said talk : said) {
            assertThat(flags(talk, "syn")).hasSize(2);
            assertThat(flags(talk, "fin")).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void showsEveryDatagramTheEmptyAndTheLargest(String address) throws Exception {
        byte[] large = bytes(LARGE_DATAGRAM);
        Made udp = board.udp("bind", bracketed(address) + ":0");
        InetAddress host = InetAddress.ofLiteral(address);
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0))) {
            socket.setSoTimeout(Peer.TIMEOUT_MILLIS);
            String to = bracketed(address) + ":" + socket.getLocalPort();
            for (byte[] payload : List.of(new byte[0], large, text("one"))) {
                socket.send(new DatagramPacket(payload, payload.length, host, udp.port()));
                DatagramPacket arrived = new DatagramPacket(new byte[1 << 16], 1 << 16);
                board.send(udp, "payload", HexFormat.of().formatHex(payload), "encoding", "hex", "to", to)
                        .ok(200);
                socket.receive(arrived);
                assertThat(arrived.getLength()).isEqualTo(payload.length);
            }
            board.messages("endpoint=" + udp.name(), 6);

            wiresharkHasNothingToSayAgainstIt();
            for (int from : List.of(udp.port(), socket.getLocalPort())) {
                String filter = "udp.srcport == " + from;
                assertThat(tshark("-Y", filter, "-T", "fields", "-e", "udp.payload"))
                        .containsExactly(
                                "",
                                HexFormat.of().formatHex(large),
                                HexFormat.of().formatHex(text("one")));
            }
        }
    }

    @Test
    void canBeReadWhileItGrows() throws Exception {
        wiresharkHasNothingToSayAgainstIt();
        int before = tshark("-Y", "udp").size();
        await().until(() -> tshark("-Y", "udp").size() > before);
        wiresharkHasNothingToSayAgainstIt();
    }
}
