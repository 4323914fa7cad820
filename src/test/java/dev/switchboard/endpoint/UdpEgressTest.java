package dev.switchboard.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.switchboard.endpoint.Board.Made;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Anyone may send from any address: an answer goes only where our sockets may send. */
class UdpEgressTest {

    @TempDir
    private Path data;

    private static void say(DatagramSocket socket, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), port));
    }

    private static String heard(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void neitherAnswersNorSendsToADeniedAddressThatSpokeFirst() throws Exception {
        try (Running run = Running.on(data, "switchboard.egress.deny=127.0.0.5/32");
                DatagramSocket denied = new DatagramSocket(new InetSocketAddress("127.0.0.5", 0));
                DatagramSocket allowed = new DatagramSocket(new InetSocketAddress("127.0.0.6", 0))) {
            Board board = run.board();
            Made made = board.udp("onReceive", "echo");
            allowed.setSoTimeout(20_000);
            say(denied, made.port(), "forged");
            say(allowed, made.port(), "honest");
            assertThat(heard(allowed)).isEqualTo("honest");

            JsonNode peer = board.connections(made).stream()
                    .filter(one -> one.path("remote").asString().startsWith("127.0.0.5:"))
                    .findFirst()
                    .orElseThrow();
            assertThat(peer.path("framesIn").asInt()).isEqualTo(1);
            assertThat(peer.path("framesOut").asInt()).isZero();
            await("the reason")
                    .atMost(Board.PATIENCE)
                    .until(() -> board.events("endpoint=" + made.name()).stream()
                            .map(event -> event.path("detail").asString())
                            .anyMatch(detail -> detail.startsWith("a datagram was not sent: 127.0.0.5:")
                                    && detail.contains("switchboard.egress.deny")));

            assertThat(board.sendTo(peer.path("id").asString(), "payload", "secret")
                            .status())
                    .isEqualTo(422);
            say(allowed, made.port(), "again");
            assertThat(heard(allowed)).isEqualTo("again");
            denied.setSoTimeout(1);
            assertThatThrownBy(() -> heard(denied)).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
