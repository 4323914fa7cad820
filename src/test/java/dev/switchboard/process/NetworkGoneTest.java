package dev.switchboard.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The network goes away beneath a connection, for real: Switchboard runs in a network of its own with two cables to
 * this one. Over one it is asked; the other is unplugged.
 */
class NetworkGoneTest {

    private static final String TOKEN = "token-of-the-lab";
    private static final long PID = ProcessHandle.current().pid();
    private static final String LAB = "switchboard-lab-" + PID;

    private static final Cable CONTROL = new Cable("sba" + PID % 1_000_000, "198.51.100.1", "198.51.100.2");
    private static final Cable UNPLUGGED = new Cable("sbb" + PID % 1_000_000, "198.51.100.5", "198.51.100.6");

    @TempDir
    private Path work;

    /** Two interfaces that are joined (veth(4)), one in this network and one in the lab's. */
    private record Cable(String name, String here, String there) {

        private boolean lay() throws Exception {
            String far = name + "x";
            return Commands.run("ip", "link", "add", name, "type", "veth", "peer", "name", far, "netns", LAB)
                    && Commands.run("ip", "addr", "add", here + "/30", "dev", name)
                    && Commands.run("ip", "link", "set", name, "up")
                    && Commands.run("ip", "-n", LAB, "addr", "add", there + "/30", "dev", far)
                    && Commands.run("ip", "-n", LAB, "link", "set", far, "up");
        }

        private void is(String upOrDown) throws Exception {
            assertThat(Commands.run("ip", "link", "set", name, upOrDown)).isTrue();
        }
    }

    @BeforeEach
    void makeTheLab() throws Exception {
        assumeTrue(Commands.run("ip", "netns", "add", LAB), "takes root and ip(8), to make a network");
        assumeTrue(CONTROL.lay() && UNPLUGGED.lay(), "takes a kernel with veth(4)");
        Commands.run("ip", "-n", LAB, "link", "set", "lo", "up");
        // A quarter of an hour of trying again is right for a network, and long for a test.
        assumeTrue(
                Commands.run("ip", "netns", "exec", LAB, "sysctl", "-qw", "net.ipv4.tcp_retries2=3"),
                "takes sysctl(8)");
    }

    @AfterEach
    void takeItDown() throws Exception {
        Commands.run("ip", "netns", "del", LAB);
    }

    @Test
    void aConnectionEndsForTheReasonTheKernelGivesAndTheClientIsBackOnceThereIsANetworkAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(UNPLUGGED.here));
                SwitchboardProcess process = SwitchboardProcess.start(
                        work,
                        List.of("ip", "netns", "exec", LAB),
                        "server.address=" + CONTROL.there,
                        "switchboard.access.token=" + TOKEN,
                        "switchboard.connect-timeout=1s",
                        "switchboard.reconnect-max=1s");
                Api api = new Api(process.url(), TOKEN, new LongAdder(), null)) {
            server.setSoTimeout((int) Api.PATIENCE.toMillis());
            api.make(Map.of(
                    "name",
                    "client",
                    "type",
                    "tcp-client",
                    "remote",
                    UNPLUGGED.here + ":" + server.getLocalPort(),
                    "framing",
                    Map.of("type", "lf")));
            try (Socket first = server.accept()) {
                saysAndIsHeard(api, first, "before");

                UNPLUGGED.is("down");
                // Nobody knows until something is sent; then the kernel tries in vain.
                assertThat(api.get("/api/endpoints/client").path("state").asString())
                        .isEqualTo("connected");
                api.post("/api/endpoints/client/messages", Map.of("payload", "into the void"), 200);
                JsonNode lost = api.until(
                        "/api/connections?endpoint=client&state=closed",
                        page -> page.path("items").size() == 1,
                        "the connection ends");
                JsonNode connection = lost.path("items").get(0);
                assertThat(connection.path("closeReason").asString()).isEqualTo("io-error");
                assertThat(connection.path("closeDetail").asString())
                        .containsAnyOf("timed out", "No route to host", "unreachable");
                api.until(
                        "/api/endpoints/client",
                        client -> client.path("failure").asString("").contains("connect("),
                        "it can't connect, and says why");

                UNPLUGGED.is("up");
                try (Socket second = server.accept()) {
                    saysAndIsHeard(api, second, "again");
                }
            }
        }
    }

    private static void saysAndIsHeard(Api api, Socket socket, String line) throws Exception {
        socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
        api.until(
                "/api/messages?endpoint=client&contains=" + line,
                page -> page.path("items").size() == 1,
                "'" + line + "' has come in");
        assertThat(api.get("/api/endpoints/client").path("state").asString()).isEqualTo("connected");
    }
}
