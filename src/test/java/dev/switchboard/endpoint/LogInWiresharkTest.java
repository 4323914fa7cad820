package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.endpoint.Board.Made;
import dev.switchboard.history.Tshark;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tshark says of the log of real sockets while it is being written: nothing it would not say of a capture of the
 * wire, and the bytes it gives back are those that were sent.
 */
@Timeout(180)
class LogInWiresharkTest {

    /** Known to nobody, so that what is dissected are our headers only. */
    private static final String[] NO_PAYLOADS = {"-d", "tcp.port==1-65535,data", "-d", "udp.port==1-65535,data"};

    private static final String[] CHECKSUMS = {
        "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"
    };

    @TempDir
    Path data;

    private final List<Talk> talks = new ArrayList<>();
    private final Random random = new Random(7);

    /** A connection, and what each end of it sent. */
    private record Talk(String client, String server, String sent, String answered) {

        @Override
        public String toString() {
            return client + " to " + server + ": " + sent.length() / 2 + " and " + answered.length() / 2 + " bytes "
                    + Integer.toHexString(sent.hashCode()) + " " + Integer.toHexString(answered.hashCode());
        }
    }

    @BeforeEach
    void tsharkIsThere() {
        assumeTrue(Tshark.installed(), "tshark is not installed");
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String address(InetAddress address, int port) {
        return (address.getAddress().length == 4 ? address.getHostAddress() : "::1") + ":" + port;
    }

    private void talked(Socket client, byte[] sent, byte[] answered) {
        talks.add(new Talk(
                address(client.getLocalAddress(), client.getLocalPort()),
                address(client.getInetAddress(), client.getPort()),
                hex(sent),
                hex(answered)));
    }

    private static Socket connected(String host, int port, int localPort) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        if (localPort > 0) {
            socket.bind(new InetSocketAddress(host, localPort));
        }
        socket.connect(new InetSocketAddress(host, port), Peer.TIMEOUT_MILLIS);
        return socket;
    }

    @Test
    void tcpIsReadWithoutAComplaintAndGivesBackOurBytes() throws Exception {
        try (Running running = Running.on(data, "switchboard.half-close-linger=1h")) {
            Board board = running.board();
            for (String host : List.of("127.0.0.1", "::1")) {
                String bind = (host.contains(":") ? "[::1]" : host) + ":0";
                Made echo = board.server("bind", bind, "onReceive", "echo");
                peerEnds(board, echo, host);
                weEnd(board, echo, host);
                peerResetsAndComesBackFromTheSamePort(board, echo, host);
                weReset(board, echo, host);
                weCall(board, host);
                weTalkToOurselves(board, echo, host);
            }
            List<Path> files = files();
            assertThat(files).hasSize(1);
            holdsTheTalks(files.getFirst());
            nothingUnexplained(files.getFirst(), 2, 4);
        }
    }

    /** A FIN of the peer first, ours after it. */
    private void peerEnds(Board board, Made echo, String host) throws Exception {
        byte[] much = bytes(200_000);
        try (Socket socket = connected(host, echo.port(), 0);
                Peer peer = new Peer(socket)) {
            String id = board.connection(echo);
            Meanwhile.ask(() -> peer.send(much).halfClose());
            assertThat(peer.read(much.length)).isEqualTo(much);
            peer.seesFin();
            talked(socket, much, much);
            board.whenClosed(id);
        }
    }

    /** Ours first; the peer goes on sending. */
    private void weEnd(Board board, Made echo, String host) throws Exception {
        try (Socket socket = connected(host, echo.port(), 0);
                Peer peer = new Peer(socket)) {
            String id = board.connection(echo);
            peer.send("one").read(3);
            board.close(id, "?how=half").ok(204);
            peer.seesFin();
            peer.send("two");
            board.messages("direction=in&connection=" + id, 2);
            peer.halfClose();
            talked(socket, "onetwo".getBytes(US_ASCII), "one".getBytes(US_ASCII));
            board.whenClosed(id);
        }
    }

    private void peerResetsAndComesBackFromTheSamePort(Board board, Made echo, String host) throws Exception {
        // Not one that the kernel gives to whoever connects next.
        int port = 20_000 + ThreadLocalRandom.current().nextInt(12_000);
        for (int time = 0; time < 2; time++) {
            byte[] said = bytes(70_000);
            try (Socket socket = connected(host, echo.port(), port);
                    Peer peer = new Peer(socket)) {
                String id = board.connection(echo);
                peer.send(said);
                assertThat(peer.read(said.length)).isEqualTo(said);
                talked(socket, said, said);
                peer.reset();
                board.whenClosed(id);
            }
        }
    }

    private void weReset(Board board, Made echo, String host) throws Exception {
        try (Socket socket = connected(host, echo.port(), 0);
                Peer peer = new Peer(socket)) {
            String id = board.connection(echo);
            peer.send("x").read(1);
            talked(socket, new byte[] {'x'}, new byte[] {'x'});
            board.close(id, "?how=reset").ok(204);
            peer.seesReset();
            board.whenClosed(id);
        }
    }

    private void weCall(Board board, String host) throws Exception {
        byte[] ours = bytes(66_000);
        byte[] theirs = bytes(65_495);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral(host))) {
            String remote = (host.contains(":") ? "[::1]" : host) + ":" + listening.getLocalPort();
            Made client = board.client(remote);
            try (Socket socket = listening.accept();
                    Peer peer = new Peer(socket)) {
                String id = board.connection(client);
                board.sendTo(id, "payload", Base64.getEncoder().encodeToString(ours), "encoding", "base64")
                        .ok(200);
                assertThat(peer.read(ours.length)).isEqualTo(ours);
                peer.send(theirs);
                board.whenConnection(id, known -> known.path("bytesIn").asLong() >= theirs.length);
                talks.add(new Talk(
                        address(socket.getInetAddress(), socket.getPort()),
                        address(socket.getLocalAddress(), socket.getLocalPort()),
                        hex(ours),
                        hex(theirs)));
                board.drop(client);
                peer.seesFin();
                board.whenClosed(id);
            }
        }
    }

    /** Two ends of ours: each is seen to send and to receive, and the wire saw it once. */
    private void weTalkToOurselves(Board board, Made echo, String host) {
        byte[] said = bytes(100_000);
        Made client = board.client((host.contains(":") ? "[::1]" : host) + ":" + echo.port());
        String id = board.connection(client);
        String other = board.connection(echo);
        board.sendTo(id, "payload", Base64.getEncoder().encodeToString(said), "encoding", "base64")
                .ok(200);
        String local = board.whenConnection(id, known -> known.path("bytesIn").asLong() >= said.length)
                .path("local")
                .asString()
                .replace("[", "")
                .replace("]", "");
        talks.add(new Talk(local, host + ":" + echo.port(), hex(said), hex(said)));
        board.drop(client);
        board.whenClosed(other);
    }

    @Test
    void udpIsReadWithoutAComplaintAndGivesBackOurDatagrams() throws Exception {
        try (Running running = Running.on(data)) {
            Board board = running.board();
            List<String> expected = new ArrayList<>();
            for (String host : List.of("127.0.0.1", "::1")) {
                Made udp = board.udp("bind", (host.contains(":") ? "[::1]" : host) + ":0", "onReceive", "echo");
                try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(host))) {
                    socket.setSoTimeout(Peer.TIMEOUT_MILLIS);
                    for (int size : new int[] {5, 0, 60_000, 65_507}) {
                        byte[] said = bytes(size);
                        socket.send(new DatagramPacket(said, size, InetAddress.ofLiteral(host), udp.port()));
                        DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
                        socket.receive(answer);
                        assertThat(Arrays.copyOf(answer.getData(), answer.getLength()))
                                .isEqualTo(said);
                        expected.add(socket.getLocalPort() + "\t" + udp.port() + "\t" + hex(said));
                        expected.add(udp.port() + "\t" + socket.getLocalPort() + "\t" + hex(said));
                    }
                    board.messages("endpoint=" + udp.name(), 8);
                }
            }
            Path file = files().getFirst();
            List<String> seen = Tshark.read(
                    file,
                    options(
                            NO_PAYLOADS,
                            "-Y",
                            "udp",
                            "-T",
                            "fields",
                            "-e",
                            "udp.srcport",
                            "-e",
                            "udp.dstport",
                            "-e",
                            "data.data"));
            assertThat(seen.stream()
                            .map(line -> line.endsWith("\t") || line.split("\t").length > 2 ? line : line + "\t")
                            .toList())
                    .isEqualTo(expected);
            nothingUnexplained(file, 0, 0);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("history"))) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
    }

    private static String[] options(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    /** A reset is told as a warning, and a port that is used again as a note: both are what happened. */
    private static void nothingUnexplained(Path file, int portsUsedAgain, int resets) throws Exception {
        List<String> said = Tshark.read(
                file,
                options(
                        options(CHECKSUMS, NO_PAYLOADS),
                        "-Y",
                        "tcp.analysis.flags || _ws.malformed || _ws.expert.severity >= 0x600000",
                        "-T",
                        "fields",
                        "-e",
                        "frame.number",
                        "-e",
                        "_ws.expert.message"));
        List<String> unexplained = said.stream()
                .filter(line -> !line.contains("Connection reset (RST)")
                        && !line.contains("A new tcp session is started with the same ports"))
                .toList();
        assertThat(unexplained).isEmpty();
        assertThat(said.stream().filter(line -> line.contains("same ports"))).hasSize(portsUsedAgain);
        assertThat(said.stream().filter(line -> line.contains("(RST)")).count()).isGreaterThanOrEqualTo(resets);
    }

    private void holdsTheTalks(Path file) throws Exception {
        List<String> options = new ArrayList<>(List.of("-q"));
        for (int i = 0; i < talks.size(); i++) {
            options.add("-z");
            options.add("follow,tcp,raw," + i);
        }
        List<Talk> followed = new ArrayList<>();
        String client = "";
        String server = "";
        StringBuilder sent = new StringBuilder();
        StringBuilder answered = new StringBuilder();
        boolean within = false;
        for (String line : Tshark.read(file, options.toArray(String[]::new))) {
            if (line.startsWith("Node 0: ")) {
                client = line.substring(8).replace("[", "").replace("]", "");
            } else if (line.startsWith("Node 1: ")) {
                server = line.substring(8).replace("[", "").replace("]", "");
                within = true;
            } else if (line.startsWith("====") && within) {
                followed.add(new Talk(client, server, sent.toString(), answered.toString()));
                sent.setLength(0);
                answered.setLength(0);
                within = false;
            } else if (within) {
                (line.startsWith("\t") ? answered : sent).append(line.strip());
            }
        }
        assertThat(followed).containsExactlyInAnyOrderElementsOf(talks);
        assertThat(Tshark.read(file, "-T", "fields", "-e", "tcp.stream", "-Y", "tcp.flags.syn == 1").stream()
                        .distinct())
                .hasSize(talks.size());
    }
}
